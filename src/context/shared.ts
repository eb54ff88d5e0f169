import type { Owner } from "./owner.ts";
import { Scope } from "./scope.ts";

/**
 * Things that are costly to hold twice, one per key in the process: the first user opens one, the last to
 * leave closes it. A user whose start fails, or who closes, does not touch the others.
 *
 * ```ts
 * const sessions = new Shared<Session>("speech session");
 * const session = await sessions.acquire(scope, modelDir, (own) => Session.open(own, modelDir));
 * ```
 */
export class Shared<T> {
  readonly #name: string;
  readonly #open = new Map<string, Holding<T>>();

  constructor(name: string) {
    this.#name = name;
  }

  /** How many use the one of this key now. */
  usersOf(key: string): number {
    return this.#open.get(key)?.users ?? 0;
  }

  /**
   * Yields the one of this key until `owner` closes; `open` makes it, in a scope of its own, when there is
   * none. @throws what `open` throws, EarshotError CONTEXT_CLOSED
   */
  async acquire(owner: Owner, key: string, open: (scope: Scope) => Promise<T>): Promise<T> {
    owner.assertOpen();
    const holding = this.#open.get(key) ?? this.#hold(key, open);
    holding.users += 1;
    const leaving = owner.defer(() => this.#leave(key, holding), { name: `${this.#name} ${key}` });
    try {
      return await holding.value;
    } catch (error) {
      await leaving.release();
      throw error;
    }
  }

  #hold(key: string, open: (scope: Scope) => Promise<T>): Holding<T> {
    const scope = new Scope(`shared ${this.#name}`);
    const holding = { scope, users: 0, value: open(scope) };
    this.#open.set(key, holding);
    // One that failed, or that the end of the process closes, is not for those who come later.
    const forget = (): void => this.#forget(key, holding);
    holding.value.catch(forget);
    scope.signal.addEventListener("abort", forget, { once: true });
    return holding;
  }

  #forget(key: string, holding: Holding<T>): void {
    if (this.#open.get(key) === holding) this.#open.delete(key);
  }

  async #leave(key: string, holding: Holding<T>): Promise<void> {
    holding.users -= 1;
    if (holding.users > 0) return;
    this.#forget(key, holding);
    await holding.scope.close();
  }
}

type Holding<T> = { readonly scope: Scope; readonly value: Promise<T>; users: number };
