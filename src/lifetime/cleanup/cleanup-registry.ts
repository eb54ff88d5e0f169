import { EarshotError } from "../../errors.ts";
import { assertOptionNames } from "../../base/option-names.ts";
import type { Nested } from "./nested-cleanups.ts";
import type { CleanupFunction, CleanupOptions } from "./cleanup-function.ts";
import { CLEANUP_LIMITS, cleanupLimits, type CleanupLimits } from "./cleanup-limits.ts";
import { CleanupList } from "./cleanup-list.ts";
import type { HeldResource } from "./held-resource.ts";
import { CleanupProgress } from "./cleanup-progress.ts";
import type { CleanupReason, CleanupReport } from "./cleanup-report.ts";
import { deferred } from "../../base/waiting/deferred.ts";
import { ExitPhase } from "../exit/exit-phase.ts";
import { listenForExit } from "../exit/exit-signals.ts";
import type { Ending } from "../exit/leave-process.ts";
import type { Registration } from "../owner.ts";
import { ProcessEnd } from "../exit/process-end.ts";
import { writeStderrLine } from "../../base/stderr-line.ts";

/** The state of a registry and the resources that it holds. */
export type RegistryStatus = {
  /** "open" accepts new cleanups; "running" and "ending" refuse them. */
  readonly state: "open" | "running" | "ending";
  readonly handlesSignals: boolean;
  /** The resources that are held, the latest last. */
  readonly held: readonly HeldResource[];
};

/**
 * The version of the interface that copies of this package share. `register`, `installSignalHandlers` and
 * `endProcess` stay in every version: a copy with another version calls them on the first copy's registry.
 */
const PROTOCOL = 1;

type OuterRegistry = Pick<CleanupRegistry, "installSignalHandlers" | "endProcess">;

/** Holds every cleanup of the process. The only instance is `cleanupRegistry`. */
export class CleanupRegistry {
  /** Copies of this package with the same protocol share the first copy's registry. */
  readonly protocol: number = PROTOCOL;
  readonly exitPhase: ExitPhase = new ExitPhase();
  readonly #list: CleanupList = new CleanupList(CLEANUP_LIMITS, this.exitPhase);
  readonly #byFunction = new Map<CleanupFunction, Registration>();
  readonly #beginListeners = new Set<(reason: CleanupReason) => void>();
  readonly #reportListeners = new Set<(report: CleanupReport) => void>();
  readonly #end = new ProcessEnd();
  #run: Promise<CleanupReport> | undefined;
  #signals: { readonly listening: Disposable; users: number } | undefined;

  readonly #diverted = new Map<NodeJS.Signals, () => void>();
  readonly #outer: OuterRegistry | undefined;

  /** @param outer the registry of a copy of this package with another protocol; it alone ends the process */
  constructor(outer?: OuterRegistry) {
    this.#outer = outer;
  }

  /** The limits of cleanups, in ms. */
  get limits(): CleanupLimits {
    return this.#list.limits;
  }

  /**
   * Changes the limits of cleanups and scopes that are registered later.
   * @throws TypeError for an unknown limit; RangeError for a limit that is no number of ms ≥ 0
   */
  setLimits(limits: Partial<CleanupLimits>): void {
    this.#list.limits = cleanupLimits(limits, this.#list.limits);
    this.exitPhase.limitMs = this.limits.entryMs;
  }

  /**
   * Runs `cleanup` at the end of the process. Registering the same function again returns its registration.
   * @throws EarshotError CONTEXT_CLOSED while the cleanups run; TypeError, RangeError for a wrong option
   */
  register(cleanup: CleanupFunction, options: CleanupOptions = {}): Registration {
    this.#assertOpen();
    const known = this.#byFunction.get(cleanup);
    if (known !== undefined) return known;
    const registration = this.#list.add(cleanup, options);
    const forgetting: Registration = {
      release: async () => {
        this.#byFunction.delete(cleanup);
        await registration.release();
      },
      [Symbol.dispose]: () => {
        this.#byFunction.delete(cleanup);
        registration[Symbol.dispose]();
      },
    };
    this.#byFunction.set(cleanup, forgetting);
    return forgetting;
  }

  /**
   * Registers a root scope, whose report becomes part of this registry's report.
   * @param onBegin called before the first cleanup of the process runs
   * @throws EarshotError CONTEXT_CLOSED while the cleanups run
   */
  registerNested(
    scope: Nested,
    options: CleanupOptions,
    onBegin: (reason: CleanupReason) => void,
  ): Registration {
    this.#assertOpen();
    const registration = this.#list.addNested(scope, options);
    this.#beginListeners.add(onBegin);
    const forget = (): void => {
      this.#beginListeners.delete(onBegin);
      registration[Symbol.dispose]();
    };
    return { release: () => registration.release(), [Symbol.dispose]: forget };
  }

  /** Removes a cleanup without running it. Does nothing when the function is not registered. */
  unregister(cleanup: CleanupFunction): void {
    this.#byFunction.get(cleanup)?.[Symbol.dispose]();
  }

  /**
   * Runs and removes every cleanup. Concurrent callers share one run. Failures are in the report.
   * @param options.silent true prints no progress on stderr. @default true
   * @throws TypeError for an unknown option
   */
  async runAll(
    reason: CleanupReason = "close",
    options: { readonly silent?: boolean } = {},
  ): Promise<CleanupReport> {
    assertOptionNames("runAll", options, { silent: true });
    const { silent = true } = options;
    using progress = new CleanupProgress({ silent });
    return await this.#runAll(reason, progress);
  }

  /** Calls `listener` after each run of all cleanups, before the process exits. */
  onReport(listener: (report: CleanupReport) => void): Disposable {
    this.#reportListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#reportListeners.delete(listener) };
  }

  /**
   * Runs all cleanups before SIGINT, SIGTERM, SIGHUP, SIGQUIT, an uncaught error or a closed stdout ends the
   * process. A signal still ends the process as that signal. A second signal does not wait for the cleanups.
   *
   * Disposing takes one turn of the event loop, so that a signal that has arrived by then is still handled.
   */
  installSignalHandlers(): Disposable & AsyncDisposable {
    if (this.#outer !== undefined) return this.#outer.installSignalHandlers();
    this.#signals ??= {
      users: 0,
      listening: listenForExit({
        end: (reason, ending) => void this.endProcess(reason, ending),
        force: (ending) => this.#end.force(ending, this.exitPhase),
        diverted: this.#diverted,
      }),
    };
    this.#signals.users += 1;
    let removed: Promise<void> | undefined;
    const remove = (): Promise<void> => (removed ??= this.#removeSignalHandlers());
    return { [Symbol.dispose]: () => void remove(), [Symbol.asyncDispose]: remove };
  }

  /** Calls `listener` for `signal` instead of ending the process, while signal handlers are installed. */
  divertSignal(signal: NodeJS.Signals, listener: () => void): Disposable {
    this.#diverted.set(signal, listener);
    return { [Symbol.dispose]: () => void this.#diverted.delete(signal) };
  }

  /** Runs every cleanup and ends the process. The first request decides how. Never resolves. */
  endProcess(reason: CleanupReason, ending: Ending): Promise<never> {
    if (this.#outer !== undefined) return this.#outer.endProcess(reason, ending);
    return this.#end.begin(reason, ending, {
      exitPhase: this.exitPhase,
      limits: this.limits,
      runAll: (why, progress) => this.#runAll(why, progress),
      silent: false,
    });
  }

  /** The state, and the resources that are held. */
  status(): RegistryStatus {
    const state = this.#end.hasBegun ? "ending" : this.#run === undefined ? "open" : "running";
    return { state, handlesSignals: this.#signals !== undefined, held: this.#list.describe() };
  }

  #runAll(reason: CleanupReason, progress: CleanupProgress): Promise<CleanupReport> {
    if (this.#run !== undefined) return this.#run;
    const { promise, resolve } = deferred<CleanupReport>();
    this.#run = promise; // before the cleanups run, which may ask for it too
    resolve(this.#runOnce(reason, progress));
    return promise;
  }

  async #runOnce(reason: CleanupReason, progress: CleanupProgress): Promise<CleanupReport> {
    const deadlineMs = performance.now() + this.limits.totalMs;
    for (const listener of this.#beginListeners) listener(reason);
    const report = await this.#list.run({ reason, deadlineMs, progress });
    this.#byFunction.clear();
    this.#run = undefined;
    for (const listener of this.#reportListeners) {
      try {
        listener(report);
      } catch (error) {
        writeStderrLine(`a listener to the report failed: ${String(error)}`); // it must not keep the process from ending
      }
    }
    return report;
  }

  async #removeSignalHandlers(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#signals === undefined || this.#end.hasBegun) return;
    this.#signals.users -= 1;
    if (this.#signals.users > 0) return;
    this.#signals.listening[Symbol.dispose]();
    this.#signals = undefined;
  }

  #assertOpen(): void {
    if (this.status().state === "open") return;
    throw new EarshotError(
      "CONTEXT_CLOSED",
      "The process is shutting down and accepts nothing new",
    );
  }
}

/** The registry of this process. Copies of this package share it, so that all cleanups run once and in order. */
export const cleanupRegistry: CleanupRegistry = sharedRegistry();

function sharedRegistry(): CleanupRegistry {
  const key = Symbol.for("earshot.cleanupRegistry");
  const known: CleanupRegistry | undefined = Reflect.get(globalThis, key);
  if (known?.protocol === PROTOCOL) return known;
  const registry = new CleanupRegistry(known);
  if (known === undefined) Object.defineProperty(globalThis, key, { value: registry });
  else known.register(({ reason }) => registry.runAll(reason), { name: "another earshot" });
  return registry;
}
