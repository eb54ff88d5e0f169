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
  const abort = (): void => controller.abort(stop?.reason);
  if (stop?.aborted === true) abort();
  stop?.addEventListener("abort", abort, { once: true });
  const timer = setTimeout(() => {
    const seconds = limitMs / 1_000;
    controller.abort(new EarshotError("SKILL_FAILED", `${what} took longer than ${seconds} s`));
  }, limitMs);
  try {
    const ended = new Promise<never>((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    ended.catch(() => {});
    signal.throwIfAborted();
    const running = Promise.resolve(body(signal));
    running.catch(() => {}); // it may fail after it was given up
    return await Promise.race([running, ended]);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener("abort", abort);
  }
}
