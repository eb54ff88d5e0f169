import { writeStderrLine } from "../base/stderr-line.ts";
import type { GuardDuty } from "../lifetime/exit/watchdog.ts";

/** Watches the main thread from a worker thread, as the watchdog's own thread does. */
export function guardMainThread({ deadlineMs, cells, name }: GuardDuty): void {
  const onTimer = (): void => {
    if (Atomics.load(cells, 0) === 1) return;
    const doing = new TextDecoder().decode(name.slice(0, Atomics.load(cells, 1)));
    writeStderrLine(`the main thread is stuck in "${doing}": killed at the limit`);
    process.kill(process.pid, "SIGKILL");
  };
  setTimeout(onTimer, deadlineMs - Date.now()).unref();
}
