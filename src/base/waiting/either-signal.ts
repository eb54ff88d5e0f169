import { onAbort } from "./on-abort.ts";

/** Aborts with either of two signals until it is disposed. */
export type EitherSignal = Disposable & { readonly signal: AbortSignal };

/**
 * A signal that aborts with `lasting` or `given`, for the same reason. Disposing it leaves nothing in the two.
 * `AbortSignal.any` leaves an entry in each for as long as they live (Node 20), and so grows without bound where
 * a program that runs for good joins signals for every call.
 *
 * ```ts
 * using either = eitherSignal(scope.signal, options.signal);
 * await recognize(samples, { signal: either.signal });
 * ```
 */
export function eitherSignal(lasting: AbortSignal, given: AbortSignal | undefined): EitherSignal {
  if (given === undefined) return { signal: lasting, [Symbol.dispose]: () => {} };
  const controller = new AbortController();
  const listeners: Disposable[] = [];
  const stop = (): void => {
    for (const listener of listeners.splice(0)) listener[Symbol.dispose]();
  };
  for (const source of [lasting, given]) {
    const abort = (reason: unknown): void => {
      stop();
      controller.abort(reason);
    };
    if (!controller.signal.aborted) listeners.push(onAbort(source, abort));
  }
  if (controller.signal.aborted) stop();
  return { signal: controller.signal, [Symbol.dispose]: stop };
}
