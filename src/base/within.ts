import { setTimeout as delay } from "node:timers/promises";

/** Awaits `promise`, but not longer than `limitMs`. @throws what `timeUp` returns */
export async function within<T>(
  promise: Promise<T>,
  limitMs: number,
  timeUp: () => Error,
): Promise<T> {
  const stop = new AbortController();
  const late = delay(limitMs, undefined, { signal: stop.signal }).then(() => {
    throw timeUp();
  });
  late.catch(() => {}); // the promise was faster
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop.abort();
  }
}
