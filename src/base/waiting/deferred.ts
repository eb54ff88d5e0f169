/** A promise and the means to settle it. */
export type Deferred<T> = {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Makes a promise that its holder settles. A rejection that nobody awaits is not reported as unhandled.
 *
 * ```ts
 * const opened = deferred();
 * socket.once("open", () => opened.resolve());
 * await opened.promise;
 * ```
 */
export function deferred<T = void>(): Deferred<T> {
  let resolve!: Deferred<T>["resolve"];
  let reject!: Deferred<T>["reject"];
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
