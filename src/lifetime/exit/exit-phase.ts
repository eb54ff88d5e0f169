import { inspect } from "node:util";
import { onExit } from "signal-exit";
import { trace } from "../../trace/active-trace.ts";
import { CLEANUP_LIMITS } from "../cleanup/cleanup-limits.ts";
import { vanish } from "./leave-process.ts";
import { writeStderrLine } from "../../base/stderr-line.ts";
import { Watchdog, type GuardDuty } from "./watchdog.ts";

/** A thread that may be inside native code, as the exit phase sees it. `ThreadHost` is one. */
export type ExitGate = {
  /** Asks the thread to stay outside native code. Does not wait. */
  requestClose(): void;
  /** Blocks until the thread is outside native code for good. False: it is still inside after `timeoutMs`. */
  closeSync(timeoutMs: number): boolean;
  /** Makes the thread act as the watchdog, which saves starting one. False: it is busy. */
  guard?(duty: GuardDuty): boolean;
};

/** A synchronous action that releases a resource while the process exits. */
export type Fallback = {
  readonly name: string;
  readonly run: () => void;
  /** True: it is known to return, so that it needs no watchdog. */
  readonly isBounded: boolean;
};

/**
 * The last, synchronous phase. However the process exits, the fallbacks run and no thread is stopped inside
 * native code. It uses signal-exit only while something is registered, so that the `process` of a program that
 * holds nothing stays untouched.
 */
export class ExitPhase {
  /** How long native calls may delay `process.exit` or a crash, in ms. */
  limitMs: number = CLEANUP_LIMITS.entryMs;
  readonly #fallbacks = new Map<symbol, Fallback>();
  readonly #gates = new Set<ExitGate>();
  #watchdog: Watchdog | undefined;
  #undoInstall: (() => void) | undefined;

  constructor() {
    if (trace !== undefined) this.#undoInstall = this.#install(); // every way out writes the trace
  }

  /** Runs `fallback` in the exit phase, unless it is disposed before. */
  addFallback(fallback: Fallback): Disposable {
    const key = Symbol(fallback.name);
    this.#fallbacks.set(key, fallback);
    return this.#installed(() => this.#fallbacks.delete(key));
  }

  /** Closes `gate` in the exit phase, unless it is disposed before. */
  addGate(gate: ExitGate): Disposable {
    this.#gates.add(gate);
    return this.#installed(() => this.#gates.delete(gate));
  }

  /**
   * Runs the fallbacks, the last registered first, each once; a failure does not stop the others. Then it closes
   * the gates. When a thread stays inside native code, it ends the process itself: an ordinary exit would abort.
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
        writeStderrLine(`the exit fallback "${name}" failed: ${String(error)}`);
      }
    }
    // A signal stops all threads at once and aborts nothing: there is no need to wait.
    const isShut = "signal" in how || this.#closeGates(how.gateLimitMs);
    trace?.finish("signal" in how ? how.signal : `exit code ${how.code}`);
    if ("code" in how && !isShut) vanish(how.code);
    this.#uninstall();
    if ("signal" in how) runOtherExitCallbacks(how.signal);
  }

  /** Kills the process unless it ends within `limitMs`, whatever the main thread does. */
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
    // Another 'exit' listener may throw, and then no later listener runs: so the gates come first.
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
        // Node prints an uncaught error later, but it cannot if the process vanishes here.
        if (uncaught !== undefined && !this.#closeGates(0))
          writeStderrLine(`uncaught: ${inspect(uncaught.error)}`);
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
 * Other packages may use signal-exit too. It calls them only if it alone listens to the signal. All copies of
 * signal-exit share the emitter of this name, which calls each callback once.
 */
function runOtherExitCallbacks(signal: NodeJS.Signals): void {
  type Emitter = { emit(event: "exit", code: null, signal: NodeJS.Signals): boolean };
  const emitter: Emitter | undefined = Reflect.get(globalThis, Symbol.for("signal-exit emitter"));
  try {
    emitter?.emit("exit", null, signal);
  } catch (error) {
    writeStderrLine(`an exit callback of another package failed: ${String(error)}`);
  }
}
