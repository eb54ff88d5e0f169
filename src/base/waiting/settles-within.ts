import { deadline, type DeadlineOptions } from "./deadline.ts";
import { deferred } from "./deferred.ts";
import { onAbort } from "./on-abort.ts";
import { onSettled } from "./on-settled.ts";

/** When waiting ends early, and whether it holds the process. */
export type SettlesWithinOptions = DeadlineOptions & {
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined;
};

/**
 * Waits for `promise`, but not longer than `limitMs` or beyond `signal`.
 *
 * ```ts
 * if (!(await settlesWithin(child.exited, 500))) child.kill("SIGKILL");
 * ```
 *
 * @returns false when the wait ended first
 * @throws what the promise rejects with
 */
export async function settlesWithin(
  promise: Promise<unknown>,
  limitMs: number,
  { signal, ...options }: SettlesWithinOptions = {},
): Promise<boolean> {
  const first = deferred<boolean>();
  const waiter = { resolve: () => first.resolve(true), reject: first.reject };
  using _settled = onSettled(promise, waiter);
  using _limit = deadline(limitMs, () => first.resolve(false), options);
  using _aborted = onAbort(signal, () => first.resolve(false));
  return await first.promise;
}
