import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { writeStderrLine } from "../../base/stderr-line.ts";
import { deferred, type Deferred } from "../../base/waiting/deferred.ts";
import { onAbort } from "../../base/waiting/on-abort.ts";
import { orAborted } from "../../base/waiting/or-aborted.ts";
import type { Owner } from "../owner.ts";

/** How a pool makes, lends and destroys its items. */
export type PoolOptions<T> = {
  /** Shown in reports, after "pool". */
  readonly name: string;
  /** Makes an item. `signal` aborts when the pool closes, which waits for the item in order to destroy it. */
  readonly create: (signal: AbortSignal) => Promise<T> | T;
  /** Releases an item. What it throws goes to whoever removed the item, or into the report of the close. */
  readonly destroy: (item: T) => Promise<void> | void;
  /** How many items exist at once. Further callers wait; the first to come is served first. @default 4 */
  readonly max?: number;
  /** An item that is unused for this long is destroyed, in ms. @default 30000 */
  readonly idleMs?: number;
};

const DEFAULTS = { max: 4, idleMs: 30_000 } as const satisfies Partial<PoolOptions<unknown>>;

const NAMES = {
  ...DEFAULTS,
  name: true,
  create: true,
  destroy: true,
} satisfies OptionNames<PoolOptions<unknown>>;

/** Lends items that are costly to make, each to one caller at a time, and destroys them when its owner closes. */
export class Pool<T> {
  readonly #owner: Owner;
  readonly #options: Required<PoolOptions<T>>;
  readonly #idle = new Map<T, NodeJS.Timeout>();
  readonly #lent = new Set<T>();
  readonly #creating = new Set<Promise<T>>();
  readonly #waiting: Deferred<T>[] = [];

  /** @throws TypeError for an unknown option; EarshotError CONTEXT_CLOSED */
  constructor(owner: Owner, options: PoolOptions<T>) {
    assertOptionNames("pool", options, NAMES);
    this.#owner = owner;
    this.#options = { ...DEFAULTS, ...options };
    owner.defer(() => this.#destroyAll(), {
      name: `pool ${options.name}`,
      phase: "connections",
      describe: () => ({ idle: this.#idle.size, lent: this.#lent.size }),
    });
    onAbort(owner.signal, (reason) => {
      for (const waiter of this.#waiting.splice(0)) waiter.reject(reason);
    });
  }

  /** The number of items: idle, lent, and being made. */
  get size(): number {
    return this.#idle.size + this.#lent.size + this.#creating.size;
  }

  /**
   * Lends an item to `body`, and takes it back when `body` has ended.
   * @throws EarshotError CONTEXT_CLOSED; what `create` throws for this caller; what `body` throws
   */
  async with<R>(body: (item: T) => Promise<R> | R): Promise<R> {
    const item = await this.#acquire();
    try {
      return await body(item);
    } finally {
      this.#giveBack(item);
    }
  }

  /** Destroys an item that is broken or disconnected, and never lends it again. @throws what `destroy` throws */
  async remove(item: T): Promise<void> {
    clearTimeout(this.#idle.get(item));
    const wasHere = this.#idle.delete(item) || this.#lent.delete(item);
    this.#serveWaiting();
    if (wasHere) await this.#options.destroy(item);
  }

  async #acquire(): Promise<T> {
    this.#owner.assertOpen();
    const waiter = deferred<T>();
    this.#waiting.push(waiter);
    this.#serveWaiting();
    return await waiter.promise;
  }

  /** Gives the callers that wait longest an idle item, or a new one while there is room. */
  #serveWaiting(): void {
    while (this.#waiting.length > 0 && !this.#owner.signal.aborted) {
      const [idle] = this.#idle;
      if (idle === undefined && this.size >= this.#options.max) return;
      this.#waiting.shift()?.resolve(idle === undefined ? this.#create() : this.#lend(...idle));
    }
  }

  #lend(item: T, idleTimer: NodeJS.Timeout): T {
    clearTimeout(idleTimer);
    this.#idle.delete(item);
    this.#lent.add(item);
    return item;
  }

  /** Rejects as soon as the owner closes. An item that comes after that is left to `#destroyAll`. */
  #create(): Promise<T> {
    const { promise, resolve } = deferred<T>();
    this.#creating.add(promise); // before `create` runs, which may ask this pool for an item too
    resolve(this.#createCounted(promise));
    return orAborted(promise, this.#owner.signal);
  }

  async #createCounted(counted: Promise<T>): Promise<T> {
    try {
      const item = await this.#options.create(this.#owner.signal);
      this.#lent.add(item);
      return item;
    } finally {
      this.#creating.delete(counted);
      this.#serveWaiting(); // a failure makes room
    }
  }

  #giveBack(item: T): void {
    if (!this.#lent.delete(item)) return; // removed meanwhile
    const timer = setTimeout(() => void this.#removeIdle(item), this.#options.idleMs).unref();
    this.#idle.set(item, timer);
    this.#serveWaiting();
  }

  /** A failure has no caller to go to, and must not end the program. */
  async #removeIdle(item: T): Promise<void> {
    try {
      await this.remove(item);
    } catch (error) {
      const { name } = this.#options;
      writeStderrLine(
        `an idle item of the pool "${name}" could not be destroyed: ${String(error)}`,
      );
    }
  }

  async #destroyAll(): Promise<void> {
    const created = Promise.allSettled(this.#creating);
    const failures = await this.#destroyPresent();
    await created; // within the limit of this cleanup: a `create` may ignore its signal
    failures.push(...(await this.#destroyPresent()));
    if (failures.length > 0) throw new AggregateError(failures, "Items could not be destroyed");
  }

  /** Destroys one item after another, the latest first. Returns what `destroy` threw. */
  async #destroyPresent(): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (const item of [...this.#lent, ...this.#idle.keys()].reverse()) {
      try {
        await this.remove(item);
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }
}
