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

/** Something that was acquired and not let go. */
export type Leak = {
  readonly kind: LeakKind;
  /** A file name, a process id, an address, what a scope holds. */
  readonly name: string;
  /** "kitchen.test.ts:12:5"; undefined when it cannot be known. */
  readonly place: string | undefined;
};

/** What there is at one moment, so that only what comes after counts. */
export type Mark = {
  readonly entry: number;
  readonly tempFiles: ReadonlySet<string>;
  readonly threads: number;
  readonly active: ActiveResources;
};

/** Kept from before any test can replace the clock with a fake one. */
const { setTimeout } = globalThis;
const POLL_MS = 10;
/** What was let go just now needs a moment: a killed process, a thread on its way out. */
const RELEASE_MS = 2_000;
/** A scope has limits of its own, 10 s in all; this is for everything else. */
const RELEASE_LIMIT_MS = 12_000;

/** Sees what is acquired in this thread from now on. There is one instance, `leakWatch`. */
class LeakWatch {
  readonly #ledger = new Ledger();
  readonly #tempFiles = new TempFiles();
  readonly atImport: Mark;
  /** Started for the file, not for one of its tests. */
  #keptThreads = 0;

  constructor() {
    // Once per process it would start a thread, write files and call its maker: no test asks for that.
    process.env["ORT_DISABLE_TELEMETRY"] ??= "1";
    watchScopes(this.#ledger);
    watchChildren(this.#ledger);
    watchWorkers(this.#ledger);
    watchNetwork(this.#ledger);
    watchHandles(this.#ledger);
    watchListeners(this.#ledger);
    // How many threads there are in the end is not known so early: none counts as a leak.
    this.atImport = { ...this.#markNow(), threads: Infinity };
    process.once("exit", () => this.#tempFiles[Symbol.dispose]());
  }

  async mark(): Promise<Mark> {
    await startFilePool();
    return this.#markNow();
  }

  /** What is acquired in `body`, and later on its behalf, belongs to the file and is no leak of one test. */
  async keepForFile<T>(body: () => Promise<T>): Promise<T> {
    await startFilePool();
    const before = countThreads();
    const value = await acquireUncounted(body);
    this.#keptThreads += countThreads() - before;
    return value;
  }

  /** What was kept has been let go. */
  forgetKept(): void {
    this.#keptThreads = 0;
  }

  /** What has come since and is still there after `settleMs`; sooner when nothing is. */
  async leaksSince(mark: Mark, settleMs: number): Promise<readonly Leak[]> {
    await until(() => !this.#hasLeaks(mark), settleMs);
    return this.#leaks(mark);
  }

  /** Lets go, closes or kills all that came since, scopes first. Yields what resisted. */
  async releaseSince(mark: Mark): Promise<readonly Leak[]> {
    const entries = this.#ledger.heldSince(mark.entry).reverse();
    const [scopes, others] = [entries.filter(isScope), entries.filter((e) => !isScope(e))];
    for (const entry of [...scopes, ...others]) {
      if (entry.isHeld()) await releaseInTime(entry);
    }
    for (const name of this.#newTempFiles(mark)) this.#tempFiles.remove(name);
    await until(() => !this.#hasLeaks(mark), RELEASE_MS);
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
    // What Earshot listens to and waits for is its scopes' business, as long as one of them is open.
    const isTold = ({ kind, acquired }: LedgerEntry): boolean =>
      (kind !== "timer" && kind !== "listener on process") ||
      acquired().by === "program" ||
      !entries.some(isScope);
    const named = entries.filter(isTold).map(toLeak);
    return [
      ...named,
      ...this.#newTempFiles(mark).map((name) => unplaced("temporary file", name)),
      // Only when nothing else can be told: most of what has a name counts here too.
      ...(entries.length > 0 ? [] : this.#unnamed(mark)),
    ];
  }

  #unnamed(mark: Mark): Leak[] {
    const more = this.#ownThreads() - mark.threads;
    return [
      ...moreThan(mark.active).map((name) => unplaced("active resource", name)),
      ...(more > 0
        ? [unplaced("thread of the operating system", `${more} more; now ${threadNames()}`)]
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

/** Watches from the moment on that `earshot/testing` is imported. */
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
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, RELEASE_LIMIT_MS).unref();
  });
  try {
    await Promise.race([entry.release(), late]);
  } catch {
    // It is told of again, as something that could not be let go, if it is still there.
  } finally {
    clearTimeout(timer);
  }
}

/** Counts turns, not the clock, which a test may have replaced. */
async function until(condition: () => boolean, limitMs: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < limitMs && !condition(); waitedMs += POLL_MS) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
