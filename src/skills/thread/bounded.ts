import { orAborted } from "../../base/waiting/or-aborted.ts";
import { onAbort } from "../../base/waiting/on-abort.ts";
import { deadline } from "../../base/waiting/deadline.ts";
import { EarshotError } from "../../errors.ts";

/**
 * Awaits `body`, but not longer than `limitMs`, and not beyond `stop`.
 * @throws what `body` throws; EarshotError SKILL_FAILED when its time is up; `stop.reason`
 */
export async function bounded<T>(
  limitMs: number,
  what: string,
  body: (signal: AbortSignal) => T | Promise<T>,
  stop?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  using _stop = onAbort(stop, (reason) => controller.abort(reason));
  using _limit = deadline(
    limitMs,
    () => {
      const seconds = limitMs / 1_000;
      controller.abort(new EarshotError("SKILL_FAILED", `${what} took longer than ${seconds} s`));
    },
    { keepAlive: true },
  );
  signal.throwIfAborted();
  const running = Promise.resolve(body(signal));
  running.catch(() => {}); // it may fail after it was given up
  return await orAborted(running, signal);
}
