import { deferred } from "./deferred.ts";
import { onAbort } from "./on-abort.ts";
import { onSettled } from "./on-settled.ts";

/**
 * Awaits `promise` until `signal` aborts, and leaves nothing in either.
 *
 * ```ts
 * const worker = await orAborted(starting, signal);
 * ```
 *
 * @throws what the promise rejects with; `signal.reason`, at once when the signal is aborted already
 */
export async function orAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const first = deferred<T>();
  using _settled = onSettled(promise, first);
  using _aborted = onAbort(signal, first.reject);
  return await first.promise;
}
