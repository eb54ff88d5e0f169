import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import type { Owner } from "../owner.ts";

export type PoolOptions<T> = {
  readonly name: string;
  /** Makes one more; `signal` aborts when the pool is closed. */
  readonly create: (signal: AbortSignal) => Promise<T> | T;
  readonly destroy: (item: T) => Promise<void> | void;
  /** The most that exist at once; more callers wait, first come first served. @default 4 */
  readonly max?: number;
  /** What lies unused for so long is destroyed, in ms. @default 30000 */
  readonly idleMs?: number;
};

const DEFAULTS = { max: 4, idleMs: 30_000 } as const satisfies Partial<PoolOptions<unknown>>;

const NAMES = {
  ...DEFAULTS,
  name: true,
  create: true,
  destroy: true,
} satisfies OptionNames<PoolOptions<unknown>>;

/** Things that are costly to make, lent one at a time; all destroyed when the owner closes. */
export class Pool<T> {
  readonly #owner: Owner;
  readonly #options: Required<PoolOptions<T>>;
  readonly #idle = new Map<T, NodeJS.Timeout>();
  readonly #lent = new Set<T>();
  readonly #waiting: (() => void)[] = [];
  #creating = 0;

  /** @throws TypeError for an option that is not known; EarshotError CONTEXT_CLOSED */
  constructor(owner: Owner, options: PoolOptions<T>) {
    assertOptionNames("pool", options, NAMES);
    this.#owner = owner;
    this.#options = { ...DEFAULTS, ...options };
    owner.defer(() => this.#destroyAll(), {
      name: `pool ${options.name}`,
      phase: "connections",
      describe: () => ({ idle: this.#idle.size, lent: this.#lent.size }),
    });
    owner.signal.addEventListener("abort", () => this.#wakeAll(), { once: true });
  }

  /** Existing items: idle, lent, and being made. */
  get size(): number {
    return this.#idle.size + this.#lent.size + this.#creating;
  }

  /** Lends an item to `body`. @throws EarshotError CONTEXT_CLOSED; what `create` or `body` throws */
  async with<R>(body: (item: T) => Promise<R> | R): Promise<R> {
    const item = await this.#acquire();
    try {
      return await body(item);
    } finally {
      this.#giveBack(item);
    }
  }

  /** The item is broken or disconnected: it is destroyed, and never lent again. */
  async remove(item: T): Promise<void> {
    clearTimeout(this.#idle.get(item));
    const wasHere = this.#idle.delete(item) || this.#lent.delete(item);
    this.#waiting.shift()?.();
    if (wasHere) await this.#options.destroy(item);
  }

  async #acquire(): Promise<T> {
    for (;;) {
      this.#owner.assertOpen();
      const [next] = this.#idle;
      if (next !== undefined) {
        const [item, timer] = next;
        clearTimeout(timer);
        this.#idle.delete(item);
        this.#lent.add(item);
        return item;
      }
      if (this.size < this.#options.max) return await this.#create();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async #create(): Promise<T> {
    this.#creating += 1;
    try {
      const item = await this.#options.create(this.#owner.signal);
      this.#lent.add(item);
      if (!this.#owner.signal.aborted) return item;
      await this.remove(item);
      throw this.#owner.signal.reason;
    } finally {
      this.#creating -= 1;
    }
  }

  #giveBack(item: T): void {
    if (!this.#lent.delete(item)) return; // removed meanwhile
    const timer = setTimeout(() => void this.remove(item), this.#options.idleMs).unref();
    this.#idle.set(item, timer);
    this.#waiting.shift()?.();
  }

  #wakeAll(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #destroyAll(): Promise<void> {
    const items = [...this.#lent, ...this.#idle.keys()].reverse();
    const failures: unknown[] = [];
    for (const item of items)
      await this.remove(item).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, "Items could not be destroyed");
  }
}
