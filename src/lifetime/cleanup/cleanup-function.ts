import type { ExitGate } from "../exit/exit-phase.ts";
import type { CleanupPhase } from "./cleanup-phases.ts";
import type { CleanupProgress } from "./cleanup-progress.ts";
import type { CleanupReason } from "./cleanup-report.ts";
import type { CleanupDetails } from "./held-resource.ts";

/** One run over all cleanups of a scope or of the process. */
export type CleanupRun = {
  readonly reason: CleanupReason;
  /** On the clock of `performance.now()`: when everything has to be over. */
  readonly deadlineMs: number;
  readonly progress?: CleanupProgress | undefined;
};

export type CleanupContext = CleanupRun & {
  /** Aborts when the time of this cleanup is up. */
  readonly signal: AbortSignal;
};

/** Lets one thing go; awaited when it returns a promise. */
export type CleanupFunction = (context: CleanupContext) => unknown;

export type CleanupOptions = {
  /** Shown in reports. @default the function's name */
  readonly name?: string;
  /** @default "work" */
  readonly phase?: CleanupPhase;
  /** Limit of this cleanup, in ms. @default the owner's `entryMs`, 5000 */
  readonly timeoutMs?: number;
  /**
   * Must return at once: kill a pid, restore a terminal, unlink a file. Runs when the process is left
   * without the cleanup having ended (`process.exit`, a crash, a forced end), or when the cleanup fails.
   */
  readonly sync?: () => void;
  /** True: `sync` is known to return, and needs no thread that watches over it. @default false */
  readonly isSyncBounded?: boolean;
  /** A thread that may be inside native code: the process is not left before this gate is shut. */
  readonly gate?: ExitGate;
  /** Shown in `status()`: a process id, a port, a path. */
  readonly describe?: () => CleanupDetails;
};
