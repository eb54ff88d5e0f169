/** What a promise reports its outcome to, such as a `Deferred`. */
type Waiter<T> = { resolve(value: T): void; reject(error: unknown): void };

const waitersOf = new WeakMap<Promise<unknown>, Set<Waiter<unknown>>>();

/**
 * Passes the outcome of `promise` to `waiter`; disposing removes the waiter. A reaction of a promise cannot be
 * removed, so `then` and `Promise.race` on a promise that lasts keep every waiter for as long as it lasts. Here all
 * waiters of a promise share one reaction. A rejection after the last waiter left reaches nobody.
 *
 * ```ts
 * const first = deferred<string>();
 * using _ = onSettled(answer, first);
 * ```
 */
export function onSettled<T>(promise: Promise<T>, waiter: Waiter<T>): Disposable {
  const waiters = waitersOf.get(promise) ?? watch(promise);
  waiters.add(waiter);
  return { [Symbol.dispose]: () => void waiters.delete(waiter) };
}

function watch(promise: Promise<unknown>): Set<Waiter<unknown>> {
  const waiters = new Set<Waiter<unknown>>();
  waitersOf.set(promise, waiters);
  void report(promise, waiters);
  return waiters;
}

async function report(promise: Promise<unknown>, waiters: Set<Waiter<unknown>>): Promise<void> {
  try {
    const value = await promise;
    for (const waiter of waiters) waiter.resolve(value);
  } catch (error) {
    for (const waiter of waiters) waiter.reject(error);
  } finally {
    waitersOf.delete(promise);
  }
}
