import type { ExitGate } from "../exit/exit-phase.ts";
import type { CleanupPhase } from "./cleanup-phases.ts";
import type { CleanupProgress } from "./cleanup-progress.ts";
import type { CleanupReason } from "./cleanup-report.ts";
import type { CleanupDetails } from "./held-resource.ts";

/** One run of all cleanups of a scope or of the process. */
export type CleanupRun = {
  readonly reason: CleanupReason;
  /** When the whole run must end, in ms on the clock of `performance.now()`. */
  readonly deadlineMs: number;
  readonly progress?: CleanupProgress | undefined;
};

/** The argument of a cleanup. */
export type CleanupContext = CleanupRun & {
  /** Aborts when the limit of this cleanup is reached. */
  readonly signal: AbortSignal;
};

/** Releases one resource. A promise that it returns is awaited. */
export type CleanupFunction = (context: CleanupContext) => unknown;

/** How a cleanup is named, ordered and bounded. */
export type CleanupOptions = {
  /** Shown in reports. @default the function's name */
  readonly name?: string;
  /** The phase in which the cleanup runs. @default "work" */
  readonly phase?: CleanupPhase;
  /** The limit of this cleanup, in ms. @default the owner's `entryMs`, 5000 */
  readonly timeoutMs?: number;
  /**
   * A synchronous fallback that must return at once: kill a process, restore a terminal, unlink a file. It runs
   * when the cleanup fails, and when the process exits before the cleanup has ended (`process.exit`, a crash, a
   * forced exit).
   */
  readonly sync?: () => void;
  /** True: `sync` is known to return, so that no watchdog thread has to guard it. @default false */
  readonly isSyncBounded?: boolean;
  /** The gate of a thread that may be inside native code: the process does not exit before this gate is closed. */
  readonly gate?: ExitGate;
  /** Details for `status()`, such as a process id, a port or a path. */
  readonly describe?: () => CleanupDetails;
};
