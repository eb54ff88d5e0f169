import { inspect } from "node:util";
import { trace } from "../../trace/active-trace.ts";
import type { CleanupReason } from "../cleanup/cleanup-report.ts";
import type { Ending } from "./leave-process.ts";
import { writeStderrLine } from "../../base/stderr-line.ts";

/**
 * INT comes from Ctrl+C; TERM from kill, systemd and docker stop; HUP from a terminal that closes; QUIT from
 * Ctrl+\ and some process managers. Windows has no QUIT.
 */
const EXIT_SIGNALS: readonly NodeJS.Signals[] =
  process.platform === "win32"
    ? ["SIGINT", "SIGTERM", "SIGHUP"]
    : ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** Within this time, a repeated signal counts once, in ms: package runners and terminals send one Ctrl+C twice. */
const DEBOUNCE_MS = 300;

/** Reactions to the requests to end the process. */
export type ExitRequests = {
  /** Ends the process after all cleanups. Has no effect while the process is ending. */
  readonly end: (reason: CleanupReason, ending: Ending) => void;
  /** Ends the process at once. */
  readonly force: (ending: Ending) => void;
  /** Listeners that a signal calls instead of ending the process. */
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

  // An unhandled rejection arrives here too, unless the program or a flag of Node handles it.
  const onUncaught = (error: unknown): void => {
    writeStderrLine(`uncaught: ${inspect(error)}`);
    trace?.instant("uncaught error", { message: String(error) });
    end("uncaughtException", { code: 1 });
  };

  const onStdoutError = (error: NodeJS.ErrnoException): void => {
    trace?.instant("stdout closed", { message: error.message });
    if (error.code === "EPIPE") {
      end("stdoutClosed", { code: exitCodeSoFar() });
      return;
    }
    writeStderrLine(`stdout cannot be written: ${error.message}`);
    end("stdoutClosed", { code: 1 });
  };

  // Node delivers a signal that came while the main thread was busy in the next turn, so there must be one.
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

/** An error of stderr cannot be reported anywhere. */
function ignore(): void {}

function exitCodeSoFar(): number {
  return Number(process.exitCode ?? 0);
}
