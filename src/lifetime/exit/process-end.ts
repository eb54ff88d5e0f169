import { trace } from "../../trace/active-trace.ts";
import type { CleanupLimits } from "../cleanup/cleanup-limits.ts";
import { CleanupProgress } from "../cleanup/cleanup-progress.ts";
import type { CleanupReason, CleanupReport } from "../cleanup/cleanup-report.ts";
import { drainOutput } from "./drain-output.ts";
import type { ExitPhase } from "./exit-phase.ts";
import { leaveProcess, type Ending } from "./leave-process.ts";

/** The time between the limit of all cleanups and the kill of a stuck main thread, in ms. */
const WATCHDOG_SLACK_MS = 150;
/** The time to write out stdout and stderr when the cleanups have used up their own, in ms. */
const MIN_DRAIN_MS = 100;
/** The interval of the timer that keeps the process alive until it exits, in ms: it need never fire. */
const HOLD_INTERVAL_MS = 2 ** 30;

/** What the end of the process runs, and within which limits. */
export type ProcessEndOptions = {
  readonly exitPhase: ExitPhase;
  readonly limits: CleanupLimits;
  readonly runAll: (reason: CleanupReason, progress: CleanupProgress) => Promise<CleanupReport>;
  readonly silent: boolean;
};

/** Ends the process, once. The first request decides how. */
export class ProcessEnd {
  #ending: Ending | undefined;

  get hasBegun(): boolean {
    return this.#ending !== undefined;
  }

  /** Awaits every cleanup, writes out stdout and stderr, then exits. Never resolves. */
  async begin(reason: CleanupReason, ending: Ending, options: ProcessEndOptions): Promise<never> {
    if (this.#ending !== undefined) return new Promise<never>(() => {});
    this.#ending = ending;
    trace?.save(`${reason}, being handled`); // a main thread that gets stuck after this writes no trace
    const { exitPhase, limits, silent } = options;
    const deadlineMs = performance.now() + limits.totalMs;
    const arming = trace?.step("arming the watchdog");
    const watchdog = exitPhase.guard(limits.totalMs + WATCHDOG_SLACK_MS);
    arming?.end();
    const cleanups = trace?.step("cleanups");
    // The timers of limits do not keep the process alive: a cleanup that waits for nothing else would end it.
    setInterval(() => {}, HOLD_INTERVAL_MS);
    const progress = new CleanupProgress({ silent, onChange: (name) => watchdog.note(name) });
    const { ok } = await options.runAll(reason, progress);
    progress[Symbol.dispose]();
    cleanups?.end();
    const draining = trace?.step("writing out stdout and stderr");
    await drainOutput(Math.max(MIN_DRAIN_MS, deadlineMs - performance.now()));
    draining?.end();
    watchdog.note("the exit phase");
    return leave(ok || !isZero(ending) ? ending : { code: 1 }, exitPhase);
  }

  /** Exits at once: only the synchronous fallbacks run. */
  force(ending: Ending, exitPhase: ExitPhase): never {
    this.#ending = ending;
    return leave(ending, exitPhase);
  }
}

function isZero(ending: Ending): boolean {
  return "code" in ending && ending.code === 0;
}

function leave(ending: Ending, exitPhase: ExitPhase): never {
  exitPhase.run(
    "code" in ending ? { code: ending.code, gateLimitMs: 0 } : { signal: ending.signal },
  );
  return leaveProcess(ending);
}
