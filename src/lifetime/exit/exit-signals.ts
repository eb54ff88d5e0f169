import { inspect } from "node:util";
import { trace } from "../../trace/active-trace.ts";
import type { CleanupReason } from "../cleanup/cleanup-report.ts";
import type { Ending } from "./leave-process.ts";
import { tell } from "../../base/tell.ts";

/**
 * INT: Ctrl+C. TERM: kill, systemd, docker stop. HUP: the terminal was closed. QUIT: Ctrl+\, and some
 * process managers. Windows knows no QUIT.
 */
const EXIT_SIGNALS: readonly NodeJS.Signals[] =
  process.platform === "win32"
    ? ["SIGINT", "SIGTERM", "SIGHUP"]
    : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** Package runners and terminals send one Ctrl+C twice; within this time it counts once, in ms. */
const DEBOUNCE_MS = 300;

export type ExitRequests = {
  /** Ends the process after all cleanups; without effect when it is ending already. */
  readonly end: (reason: CleanupReason, ending: Ending) => void;
  /** Ends it now. */
  readonly force: (ending: Ending) => void;
  /** What a signal means instead of the end, for those that somebody wants to mean something else. */
  readonly diverted: ReadonlyMap<NodeJS.Signals, () => void>;
};

/** Turns signals, uncaught errors and a closed stdout into requests to end, until disposed. */
export function listenForExit({ end, force, diverted }: ExitRequests): Disposable {
  let first: { readonly signal: NodeJS.Signals; readonly atMs: number } | undefined;

  const onSignal = (signal: NodeJS.Signals): void => {
    const atMs = performance.now();
    trace?.instant(signal);
    const divert = diverted.get(signal);
    if (divert !== undefined) return divert();
    if (first === undefined) {
      first = { signal, atMs };
      end(signal, { signal });
    } else if (signal !== first.signal || atMs - first.atMs >= DEBOUNCE_MS) {
      force({ signal });
    }
  };

  // An unhandled rejection arrives here too, unless the program or a flag of Node handles those.
  const onUncaught = (error: unknown): void => {
    tell(`uncaught: ${inspect(error)}`);
    trace?.instant("uncaught error", { message: String(error) });
    end("uncaughtException", { code: 1 });
  };

  const onStdoutError = (error: NodeJS.ErrnoException): void => {
    trace?.instant("stdout closed", { message: error.message });
    if (error.code === "EPIPE") {
      end("stdoutClosed", { code: exitCodeSoFar() });
      return;
    }
    tell(`stdout cannot be written: ${error.message}`);
    end("stdoutClosed", { code: 1 });
  };

  // A signal that came while the main thread was busy is seen in the next turn, which there might not be.
  let hasTurned = false;
  const onBeforeExit = (): void => {
    if (!hasTurned) setImmediate(ignore);
    hasTurned = true;
  };

  for (const signal of EXIT_SIGNALS) process.on(signal, onSignal);
  process.on("uncaughtException", onUncaught);
  process.on("beforeExit", onBeforeExit);
  process.stdout.on("error", onStdoutError);
  process.stderr.on("error", ignore);
  return {
    [Symbol.dispose]() {
      for (const signal of EXIT_SIGNALS) process.off(signal, onSignal);
      process.off("uncaughtException", onUncaught);
      process.off("beforeExit", onBeforeExit);
      process.stdout.off("error", onStdoutError);
      process.stderr.off("error", ignore);
    },
  };
}

/** Of errors on stderr: nobody is there to be told. */
function ignore(): void {}

function exitCodeSoFar(): number {
  return Number(process.exitCode ?? 0);
}
