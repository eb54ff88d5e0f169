import { inspect } from "node:util";
import { onExit } from "signal-exit";
import { trace } from "../../trace/active-trace.ts";
import { CLEANUP_LIMITS } from "../cleanup/cleanup-limits.ts";
import { vanish } from "./leave-process.ts";
import { tell } from "../../base/tell.ts";
import { Watchdog, type GuardDuty } from "./watchdog.ts";

/** What the exit phase needs of a thread that may be inside native code; workers/gate.ts is one. */
export type ExitGate = {
  requestClose(): void;
  /** Blocks until the thread is outside native code for good. False: it was not within `timeoutMs`. */
  closeSync(timeoutMs: number): boolean;
  /** Has the thread do a watchdog's work, which saves starting one. False: it is busy. */
  guard?(duty: GuardDuty): boolean;
};

export type Fallback = {
  readonly name: string;
  readonly run: () => void;
  /** True: it is known to return, so that no watchdog is needed. */
  readonly isBounded: boolean;
};

/**
 * The last, synchronous phase: whatever way the process is left, fallbacks run and no thread is torn out
 * of native code. It hangs on signal-exit only while something is registered here, so that a program that
 * holds nothing keeps its `process` untouched.
 */
export class ExitPhase {
  /** How long a program that calls `process.exit`, or crashes, is held up by native calls, in ms. */
  limitMs: number = CLEANUP_LIMITS.entryMs;
  readonly #fallbacks = new Map<symbol, Fallback>();
  readonly #gates = new Set<ExitGate>();
  #watchdog: Watchdog | undefined;
  #undoInstall: (() => void) | undefined;

  constructor() {
    if (trace !== undefined) this.#undoInstall = this.#install(); // it is written on every way out
  }

  addFallback(fallback: Fallback): Disposable {
    const key = Symbol(fallback.name);
    this.#fallbacks.set(key, fallback);
    return this.#installed(() => this.#fallbacks.delete(key));
  }

  addGate(gate: ExitGate): Disposable {
    this.#gates.add(gate);
    return this.#installed(() => this.#gates.delete(gate));
  }

  /**
   * Fallbacks, last registered first, each once and none stopping the others; then the gates. Leaves by
   * itself when a thread stays inside native code, where an ordinary exit would abort the process.
   */
  run(
    how:
      | { readonly code: number; readonly gateLimitMs: number }
      | { readonly signal: NodeJS.Signals },
  ): void {
    for (const gate of this.#gates) gate.requestClose();
    for (const [key, { name, run }] of [...this.#fallbacks].reverse()) {
      this.#fallbacks.delete(key);
      this.#watchdog?.note(name);
      using _ = trace?.step(name, "fallback");
      try {
        run();
      } catch (error) {
        tell(`the exit fallback "${name}" failed: ${String(error)}`);
      }
    }
    // A death by signal stops all threads at once and aborts nothing: there is no need to wait.
    const isShut = "signal" in how || this.#closeGates(how.gateLimitMs);
    trace?.finish("signal" in how ? how.signal : `exit code ${how.code}`);
    if ("code" in how && !isShut) vanish(how.code);
    this.#uninstall();
    if ("signal" in how) runOtherExitCallbacks(how.signal);
  }

  /** From now on the process is killed when it has not ended `limitMs` later, whatever the main thread does. */
  guard(limitMs: number): Watchdog {
    this.#watchdog ??= new Watchdog(limitMs, (duty) =>
      [...this.#gates].some((gate) => gate.guard?.(duty) ?? false),
    );
    return this.#watchdog;
  }

  #closeGates(timeoutMs: number): boolean {
    const deadlineMs = performance.now() + timeoutMs;
    return [...this.#gates].every((gate) =>
      gate.closeSync(Math.max(0, deadlineMs - performance.now())),
    );
  }

  #installed(remove: () => void): Disposable {
    this.#undoInstall ??= this.#install();
    return {
      [Symbol.dispose]: () => {
        remove();
        if (this.#fallbacks.size > 0 || this.#gates.size > 0 || trace !== undefined) return;
        this.#uninstall();
      },
    };
  }

  #install(): () => void {
    let uncaught: { readonly error: unknown } | undefined;
    const onUncaught = (error: unknown): void => void (uncaught = { error });
    // An 'exit' listener of somebody else may throw, and then nothing after it is called: gates come first.
    const onExitEvent = (): void => {
      if ([...this.#fallbacks.values()].some(({ isBounded }) => !isBounded))
        this.guard(this.limitMs);
      this.#closeGates(this.limitMs);
    };
    const undo = onExit(
      (code, signal) => {
        if (signal !== null) {
          trace?.instant(signal);
          return this.run({ signal });
        }
        // Node prints an uncaught error after this, but never if we have to vanish here.
        if (uncaught !== undefined && !this.#closeGates(0))
          tell(`uncaught: ${inspect(uncaught.error)}`);
        this.run({ code: code ?? 0, gateLimitMs: 0 });
      },
      { alwaysLast: true },
    );
    process.prependListener("exit", onExitEvent);
    process.on("uncaughtExceptionMonitor", onUncaught);
    return () => {
      undo();
      process.off("exit", onExitEvent);
      process.off("uncaughtExceptionMonitor", onUncaught);
    };
  }

  #uninstall(): void {
    this.#undoInstall?.();
    this.#undoInstall = undefined;
  }
}

/**
 * Others may use signal-exit too. It would call them only if nobody but itself listened to the signal; its
 * copies share one emitter, under this name, which calls each callback once.
 */
function runOtherExitCallbacks(signal: NodeJS.Signals): void {
  type Emitter = { emit(event: "exit", code: null, signal: NodeJS.Signals): boolean };
  const emitter: Emitter | undefined = Reflect.get(globalThis, Symbol.for("signal-exit emitter"));
  try {
    emitter?.emit("exit", null, signal);
  } catch (error) {
    tell(`an exit callback of another package failed: ${String(error)}`);
  }
}
