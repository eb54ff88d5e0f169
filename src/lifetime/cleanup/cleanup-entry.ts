import { trace } from "../../trace/active-trace.ts";
import type { TracedLife } from "../../trace/traced-life.ts";
import type { HeldResource } from "./held-resource.ts";
import type { CleanupPhase } from "./cleanup-phases.ts";
import { toTenths, type CleanupEntryReport } from "./cleanup-report.ts";
import { deadline } from "../../base/waiting/deadline.ts";
import { deferred } from "../../base/waiting/deferred.ts";
import { onSettled } from "../../base/waiting/on-settled.ts";
import { watchOver } from "../exit/unending-cleanups.ts";
import type { ExitPhase } from "../exit/exit-phase.ts";

import type {
  CleanupContext,
  CleanupFunction,
  CleanupOptions,
  CleanupRun,
} from "./cleanup-function.ts";
import type { CleanupDetails } from "./held-resource.ts";
import type { Nested } from "./nested-cleanups.ts";

/** One registered cleanup. It runs once: all callers share that run. */
export class CleanupEntry {
  readonly name: string;
  readonly phase: CleanupPhase;
  readonly #options: CleanupOptions;
  readonly #body: (context: CleanupContext) => Promise<readonly CleanupEntryReport[]>;
  readonly #limitMs: number;
  readonly #held: (() => readonly HeldResource[]) | undefined;
  readonly #fallback: Disposable | undefined;
  readonly #gate: Disposable | undefined;
  readonly #life: TracedLife | undefined;
  #run: Promise<readonly CleanupEntryReport[]> | undefined;

  constructor(
    body: CleanupFunction | Nested,
    options: CleanupOptions & { readonly entryMs: number; readonly parent: TracedLife | undefined },
    exitPhase: Pick<ExitPhase, "addFallback" | "addGate">,
  ) {
    this.name = options.name ?? (typeof body === "function" ? body.name || "cleanup" : "scope");
    this.phase = options.phase ?? "work";
    this.#options = options;
    const { name, phase } = this;
    const isScope = typeof body !== "function";
    this.#life = trace?.hold(name, { phase, isScope, parent: options.parent });
    if (typeof body === "function") {
      this.#limitMs = options.timeoutMs ?? options.entryMs;
      this.#body = async (context) => {
        await body(context);
        return [];
      };
    } else {
      this.#limitMs = options.timeoutMs ?? Infinity; // each resource in it has its own limit
      this.#held = body.held;
      if (this.#life !== undefined) body.onTraced(this.#life);
      this.#body = async (context) => {
        const { entries } = await body.close(context);
        return entries.map((entry) => this.#prefixed(entry));
      };
    }
    const { sync, gate, isSyncBounded: isBounded = false } = options;
    if (sync !== undefined) {
      const run = (): void => {
        sync();
        this.#life?.endAs("fallback");
      };
      this.#fallback = exitPhase.addFallback({ name, run, isBounded });
    }
    if (gate !== undefined) this.#gate = exitPhase.addGate(gate);
  }

  get details(): CleanupDetails {
    return this.#options.describe?.() ?? {};
  }

  /** The resources that a scope holds itself; undefined for anything but a scope. */
  get held(): readonly HeldResource[] | undefined {
    return this.#held?.();
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** Runs the cleanup. Never rejects: failures are in the report. */
  async run(run: CleanupRun): Promise<readonly CleanupEntryReport[]> {
    using _ = run.progress?.enter(this.name);
    if (this.#run === undefined) {
      const { promise, resolve } = deferred<readonly CleanupEntryReport[]>();
      this.#run = promise; // before the body runs, which may ask for itself
      resolve(this.#runOnce(run));
    }
    return await this.#run;
  }

  /** Removes the entry from the exit phase too, because its resource ended by itself. */
  forget(): void {
    this.#life?.endAs("gone");
    this.#fallback?.[Symbol.dispose]();
    this.#gate?.[Symbol.dispose]();
  }

  async #runOnce(run: CleanupRun): Promise<readonly CleanupEntryReport[]> {
    const startedMs = performance.now();
    const limitMs = Math.min(this.#limitMs, run.deadlineMs - startedMs);
    if (limitMs < 1) return this.#givenUp("skipped", 0);
    using _ = watchOver(this);
    this.#life?.beginRelease();
    const controller = new AbortController();
    const first = deferred<readonly CleanupEntryReport[] | "timeUp">();
    // The limit does not keep the process alive: ProcessEnd does that until the process ends.
    using _limit = deadline(limitMs, () => {
      controller.abort(new DOMException("The time of this cleanup is up", "TimeoutError"));
      first.resolve("timeUp");
    });
    try {
      using _settled = onSettled(this.#body({ ...run, signal: controller.signal }), first);
      const nested = await first.promise;
      const durationMs = performance.now() - startedMs;
      if (nested === "timeUp") {
        const seconds = (durationMs / 1_000).toFixed(1);
        run.progress?.say(`gave up on "${run.progress.current}" after ${seconds} s`);
        return this.#givenUp("timedOut", durationMs);
      }
      this.#life?.endAs("done");
      this.forget();
      return nested.length > 0 ? nested : [this.#report("done", durationMs)];
    } catch (error) {
      return this.#givenUp("failed", performance.now() - startedMs, error);
    }
  }

  /** Runs the fallback at once instead of at the exit. The gate stays: a thread may still be in native code. */
  #givenUp(
    outcome: "failed" | "timedOut" | "skipped",
    durationMs: number,
    ...[error]: [unknown?]
  ): readonly CleanupEntryReport[] {
    this.#life?.endAs(outcome);
    const reports = [this.#report(outcome, durationMs, error)];
    this.#fallback?.[Symbol.dispose]();
    try {
      this.#options.sync?.();
    } catch (fallbackError) {
      reports.push(this.#report("failed", durationMs, fallbackError));
    }
    return reports;
  }

  #report(
    outcome: CleanupEntryReport["outcome"],
    durationMs: number,
    error?: unknown,
  ): CleanupEntryReport {
    const { name, phase } = this;
    return {
      name,
      phase,
      outcome,
      durationMs: toTenths(durationMs),
      ...(error === undefined ? {} : { error }),
    };
  }

  #prefixed(entry: CleanupEntryReport): CleanupEntryReport {
    return { ...entry, name: `${this.name} › ${entry.name}` };
  }
}
