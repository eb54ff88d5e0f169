import { AsyncLocalStorage } from "node:async_hooks";
import { acquiredBy, type Acquired } from "./place.ts";

export type LeakKind =
  | "scope"
  | "worker thread"
  | "child process"
  | "listener on process"
  | "server"
  | "socket"
  | "timer"
  | "file watcher"
  | "temporary file"
  | "thread of the operating system"
  | "active resource"; // what Node counts and nothing else could name

/** Something that is held, and how to let it go. */
export type Held = {
  readonly kind: LeakKind;
  /** For people: a file name, a process id, an address. Read while it is held. */
  readonly name: () => string;
  readonly isHeld: () => boolean;
  readonly release: () => Promise<unknown> | void;
};

export type LedgerEntry = Held & { readonly id: number; readonly acquired: () => Acquired };

/** Entries of things long gone are dropped when there are this many more than after the last time. */
const SWEEP_AFTER = 5_000;

const uncounted = new AsyncLocalStorage<true>();

/** What is acquired in `body`, and later on its behalf, is not written down. */
export function acquireUncounted<T>(body: () => Promise<T>): Promise<T> {
  return uncounted.run(true, body);
}

/** What has been acquired in this thread since `earshot/testing` was imported, in order. */
export class Ledger {
  readonly #entries = new Map<number, LedgerEntry>();
  #lastId = 0;
  #sweepAt = SWEEP_AFTER;

  /** The id of the latest entry: what comes after has a greater one. */
  get mark(): number {
    return this.#lastId;
  }

  /** @param caller the function whose caller is the place of acquisition */
  add(held: Held, caller: (...args: never[]) => unknown): void {
    if (uncounted.getStore() === true) return;
    this.#lastId += 1;
    this.#entries.set(this.#lastId, { ...held, id: this.#lastId, acquired: acquiredBy(caller) });
    if (this.#entries.size > this.#sweepAt) this.#sweep();
  }

  /** What is held now and was acquired after `mark`; nothing that the test runner acquired. */
  heldSince(mark: number): LedgerEntry[] {
    this.#sweep();
    return [...this.#entries.values()].filter(
      ({ id, acquired }) => id > mark && acquired().by !== "runner",
    );
  }

  #sweep(): void {
    for (const [id, entry] of this.#entries) if (!entry.isHeld()) this.#entries.delete(id);
    this.#sweepAt = this.#entries.size + SWEEP_AFTER;
  }
}
