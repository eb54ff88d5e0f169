import { constants } from "node:os";

/** How the process ends: with an exit code, or by a signal, which its parent sees as such. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals };

/** The exit status that a shell gives a process that ended by `signal`: 128 + its number. */
function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Ends the process once everything is released. Only this file calls `process.exit`. */
export function leaveProcess(ending: Ending): never {
  if ("signal" in ending) {
    process.removeAllListeners(ending.signal);
    process.kill(process.pid, ending.signal);
    // A process with id 1, as in a container, survives its own signal.
    process.exit(exitCodeOf(ending.signal));
  }
  process.exit(ending.code);
}

/**
 * Ends the process while a thread is inside native code, where an ordinary exit would abort. It replaces the process
 * image by one that exits with `code` (Node ≥ 22.15, not on Windows); elsewhere the process kills itself.
 */
export function vanish(code: number): never {
  if ("execve" in process && typeof process.execve === "function") {
    process.execve("/bin/sh", ["sh", "-c", `exit ${code & 0xff}`]);
  }
  process.kill(process.pid, "SIGKILL");
  process.exit(code);
}
