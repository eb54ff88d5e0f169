import { constants } from "node:os";

/** How the process is to end: with an exit code, or by a signal as its waiting parent sees it. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals };

/** The shell's exit status for a process that ended by `signal`: 128 + its number. */
function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Leaves the process. Everything that was to be cleaned up is: only here is `process.exit` called. */
export function leaveProcess(ending: Ending): never {
  if ("signal" in ending) {
    process.removeAllListeners(ending.signal);
    process.kill(process.pid, ending.signal);
    // Still here: a process with id 1, as in a container, is not killed by its own signal.
    process.exit(exitCodeOf(ending.signal));
  }
  process.exit(ending.code);
}

/**
 * Leaves while a thread is inside native code, where an ordinary exit would abort: the process image is
 * replaced by one that exits with `code` (Node ≥ 22.15, not Windows), else the process kills itself.
 */
export function vanish(code: number): never {
  if ("execve" in process && typeof process.execve === "function") {
    process.execve("/bin/sh", ["sh", "-c", `exit ${code & 0xff}`]);
  }
  process.kill(process.pid, "SIGKILL");
  process.exit(code);
}
