import { settlesWithin } from "../../base/waiting/settles-within.ts";
import { activeResources, moreThan, type ActiveResources } from "./active-resources.ts";
import { acquireUncounted, Ledger, type LeakKind, type LedgerEntry } from "./ledger.ts";
import { TempFiles } from "./temp-files.ts";
import { countThreads, startFilePool, threadNames } from "./threads.ts";
import { watchChildren } from "./watch-children.ts";
import { watchHandles } from "./watch-handles.ts";
import { watchListeners } from "./watch-listeners.ts";
import { watchNetwork } from "./watch-network.ts";
import { watchScopes } from "./watch-scopes.ts";
import { watchWorkers } from "./watch-workers.ts";

/** A resource that was acquired and not released. */
export type Leak = {
  readonly kind: LeakKind;
  /** What identifies it: a file name, a process id, an address, or what a scope holds. */
  readonly name: string;
  /** Where it was acquired: "kitchen.test.ts:12:5"; undefined if unknown. */
  readonly place: string | undefined;
};

/** The resources at one moment, which later checks do not count as leaks. */
export type Mark = {
  readonly entry: number;
  readonly tempFiles: ReadonlySet<string>;
  readonly threads: number;
  readonly active: ActiveResources;
};

/** The real timer, taken before any test can install a fake clock. */
const { setTimeout } = globalThis;
const POLL_MS = 10;
/** How long a killed process or a stopped thread may take to disappear. */
const SETTLE_AFTER_RELEASE_MS = 2_000;
/** Limit for releasing one resource; scopes have limits of their own, 10 s in all. */
const MAX_RELEASE_MS = 12_000;

/** Records every resource acquired in this thread. There is one instance, `leakWatch`. */
class LeakWatch {
  readonly #ledger = new Ledger();
  readonly #tempFiles = new TempFiles();
  /** The resources at the import of `earshot/testing`. */
  readonly atImport: Mark;
  /** Number of threads that belong to the file, not to one of its tests. */
  #keptThreads = 0;

  constructor() {
    // onnxruntime's telemetry starts a thread, writes files and uses the network, which no test asks for.
    process.env["ORT_DISABLE_TELEMETRY"] ??= "1";
    watchScopes(this.#ledger);
    watchChildren(this.#ledger);
    watchWorkers(this.#ledger);
    watchNetwork(this.#ledger);
    watchHandles(this.#ledger);
    watchListeners(this.#ledger);
    // The number of threads is not final this early, so no thread counts as a leak since the import.
    this.atImport = { ...this.#markNow(), threads: Infinity };
    process.once("exit", () => this.#tempFiles[Symbol.dispose]());
  }

  async mark(): Promise<Mark> {
    await startFilePool();
    return this.#markNow();
  }

  /** Attributes what `body` acquires, and what is later acquired on its behalf, to the file instead of a test. */
  async keepForFile<T>(body: () => Promise<T>): Promise<T> {
    await startFilePool();
    const before = countThreads();
    const value = await acquireUncounted(body);
    this.#keptThreads += countThreads() - before;
    return value;
  }

  /** Call it once what `keepForFile` kept is released. */
  forgetKept(): void {
    this.#keptThreads = 0;
  }

  /** What was acquired since `mark` and is still held after `settleMs`. Returns early if nothing is held. */
  async leaksSince(mark: Mark, settleMs: number): Promise<readonly Leak[]> {
    await until(() => !this.#hasLeaks(mark), settleMs);
    return this.#leaks(mark);
  }

  /** Releases, closes or kills everything acquired since `mark`, scopes first. Returns what is still held. */
  async releaseSince(mark: Mark): Promise<readonly Leak[]> {
    const entries = this.#ledger.heldSince(mark.entry).reverse();
    const [scopes, others] = [entries.filter(isScope), entries.filter((e) => !isScope(e))];
    for (const entry of [...scopes, ...others]) {
      if (entry.isHeld()) await releaseInTime(entry);
    }
    for (const name of this.#newTempFiles(mark)) this.#tempFiles.remove(name);
    await until(() => !this.#hasLeaks(mark), SETTLE_AFTER_RELEASE_MS);
    return this.#leaks(mark);
  }

  #markNow(): Mark {
    return {
      entry: this.#ledger.mark,
      tempFiles: new Set(this.#tempFiles.list()),
      threads: this.#ownThreads(),
      active: activeResources(),
    };
  }

  #hasLeaks(mark: Mark): boolean {
    return this.#leaks(mark).length > 0;
  }

  #leaks(mark: Mark): readonly Leak[] {
    const entries = this.#ledger.heldSince(mark.entry);
    // Earshot's own timers and listeners belong to its scopes: while one is open, the scope alone is reported.
    const isReported = ({ kind, acquired }: LedgerEntry): boolean =>
      (kind !== "timer" && kind !== "listener on process") ||
      acquired().by === "program" ||
      !entries.some(isScope);
    const named = entries.filter(isReported).map(toLeak);
    return [
      ...named,
      ...this.#newTempFiles(mark).map((name) => unplaced("temporary file", name)),
      // Only if the ledger has no entry, because most entries would be counted here a second time.
      ...(entries.length > 0 ? [] : this.#unnamed(mark)),
    ];
  }

  #unnamed(mark: Mark): Leak[] {
    const moreThreads = this.#ownThreads() - mark.threads;
    return [
      ...moreThan(mark.active).map((name) => unplaced("active resource", name)),
      ...(moreThreads > 0
        ? [unplaced("thread of the operating system", `${moreThreads} more; now ${threadNames()}`)]
        : []),
    ];
  }

  #ownThreads(): number {
    return countThreads() - this.#keptThreads;
  }

  #newTempFiles(mark: Mark): string[] {
    return this.#tempFiles.list().filter((name) => !mark.tempFiles.has(name));
  }
}

/** Watches from the import of `earshot/testing`. */
export const leakWatch: LeakWatch = new LeakWatch();

function isScope({ kind }: LedgerEntry): boolean {
  return kind === "scope";
}

function toLeak({ kind, name, acquired }: LedgerEntry): Leak {
  return { kind, name: name(), place: acquired().place };
}

function unplaced(kind: LeakKind, name: string): Leak {
  return { kind, name, place: undefined };
}

async function releaseInTime(entry: LedgerEntry): Promise<void> {
  try {
    await settlesWithin(Promise.resolve(entry.release()), MAX_RELEASE_MS);
  } catch {
    // If the resource is still held, the caller reports that it could not be released.
  }
}

/** Polls until `condition` holds or about `limitMs` have passed. Counts polls, because a test may have replaced the clock. */
async function until(condition: () => boolean, limitMs: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < limitMs && !condition(); waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
