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
  | "active resource"; // counted by Node and listed by no other kind

/** A resource that is held, and how to release it. */
export type Held = {
  readonly kind: LeakKind;
  /** For people: a file name, a process id, an address. Called only while the resource is held. */
  readonly name: () => string;
  readonly isHeld: () => boolean;
  readonly release: () => Promise<unknown> | void;
};

export type LedgerEntry = Held & { readonly id: number; readonly acquired: () => Acquired };

/** A sweep visits every entry, so it runs only once per this many additions. */
const SWEEP_INTERVAL_ENTRIES = 5_000;

const uncounted = new AsyncLocalStorage<true>();

/** Keeps what `body` acquires, and what is later acquired on its behalf, out of every ledger. */
export function acquireUncounted<T>(body: () => Promise<T>): Promise<T> {
  return uncounted.run(true, body);
}

/** Every resource acquired in this thread, in order, from the import of `earshot/testing` on. */
export class Ledger {
  readonly #entries = new Map<number, LedgerEntry>();
  #lastId = 0;
  #sweepAt = SWEEP_INTERVAL_ENTRIES;

  /** Id of the latest entry. Later entries have greater ids. */
  get mark(): number {
    return this.#lastId;
  }

  /** @param caller the function whose caller acquires the resource */
  add(held: Held, caller: (...args: never[]) => unknown): void {
    if (uncounted.getStore() === true) return;
    this.#lastId += 1;
    this.#entries.set(this.#lastId, { ...held, id: this.#lastId, acquired: acquiredBy(caller) });
    if (this.#entries.size > this.#sweepAt) this.#sweep();
  }

  /** Entries acquired after `mark` and still held, without those of the test runner. */
  heldSince(mark: number): LedgerEntry[] {
    this.#sweep();
    return [...this.#entries.values()].filter(
      ({ id, acquired }) => id > mark && acquired().by !== "runner",
    );
  }

  #sweep(): void {
    for (const [id, entry] of this.#entries) if (!entry.isHeld()) this.#entries.delete(id);
    this.#sweepAt = this.#entries.size + SWEEP_INTERVAL_ENTRIES;
  }
}
