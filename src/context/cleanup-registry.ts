import { EarshotError } from "../errors.ts";
import type { CleanupFunction, CleanupOptions, NestedCleanup } from "./cleanup-entry.ts";
import { CLEANUP_LIMITS, cleanupLimits, type CleanupLimits } from "./cleanup-limits.ts";
import { CleanupList } from "./cleanup-list.ts";
import type { CleanupReason, CleanupReport } from "./cleanup-report.ts";
import { ExitPhase } from "./exit-phase.ts";
import type { Registration } from "./owner.ts";

/** Every cleanup of the process. There is one instance, `cleanupRegistry`. */
export class CleanupRegistry {
  readonly exitPhase: ExitPhase = new ExitPhase();
  readonly #list: CleanupList = new CleanupList(CLEANUP_LIMITS, this.exitPhase);
  readonly #byFunction = new Map<CleanupFunction, Registration>();
  #run: Promise<CleanupReport> | undefined;

  get limits(): CleanupLimits {
    return this.#list.limits;
  }

  setLimits(limits: Partial<CleanupLimits>): void {
    this.#list.limits = cleanupLimits(limits, this.#list.limits);
  }

  /** The same function counts once. @throws EarshotError CONTEXT_CLOSED while the cleanups run */
  register(cleanup: CleanupFunction, options: CleanupOptions = {}): Registration {
    this.#assertOpen();
    const known = this.#byFunction.get(cleanup);
    if (known !== undefined) return known;
    const registration = this.#list.add(cleanup, options);
    this.#byFunction.set(cleanup, registration);
    return registration;
  }

  /** For root scopes, whose reports become part of this one's. @throws EarshotError CONTEXT_CLOSED */
  registerNested(cleanup: NestedCleanup, options: CleanupOptions): Registration {
    this.#assertOpen();
    return this.#list.addNested(cleanup, options);
  }

  /** Silent when the function is not registered. */
  unregister(cleanup: CleanupFunction): void {
    this.#byFunction.get(cleanup)?.[Symbol.dispose]();
    this.#byFunction.delete(cleanup);
  }

  /** Runs and forgets every cleanup; concurrent callers share one run. Failures are in the report. */
  runAll(reason: CleanupReason = "close"): Promise<CleanupReport> {
    this.#run ??= this.#runOnce(reason);
    return this.#run;
  }

  #assertOpen(): void {
    if (this.#run === undefined) return;
    throw new EarshotError("CONTEXT_CLOSED", "The process is shutting down: nothing new is taken");
  }

  async #runOnce(reason: CleanupReason): Promise<CleanupReport> {
    try {
      return await this.#list.run(reason, performance.now() + this.limits.totalMs);
    } finally {
      this.#byFunction.clear();
      this.#run = undefined;
    }
  }
}

export const cleanupRegistry: CleanupRegistry = new CleanupRegistry();
