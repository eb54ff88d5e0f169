import { deadline } from "./deadline.ts";
import { deferred } from "./deferred.ts";
import { onSettled } from "./on-settled.ts";

/**
 * Awaits `promise`, but not longer than `limitMs`. The limit alone does not keep the process alive.
 *
 * ```ts
 * await within(loaded, 5_000, () => new EarshotError("SKILL_INVALID", "it does not finish loading"));
 * ```
 *
 * @throws what the promise rejects with; what `timeUp` returns
 */
export async function within<T>(
  promise: Promise<T>,
  limitMs: number,
  timeUp: () => Error,
): Promise<T> {
  const first = deferred<T>();
  using _settled = onSettled(promise, first);
  using _limit = deadline(limitMs, () => first.reject(timeUp()));
  return await first.promise;
}
