import { setMaxListeners } from "node:events";

/** Aborts with either of two signals until it is disposed of. */
export type EitherSignal = Disposable & { readonly signal: AbortSignal };

/**
 * A signal that aborts with `lasting` or `given`, for the same reason. To be disposed of when what it is for is over:
 * then nothing is left in the two. `AbortSignal.any` leaves an entry in each for as long as they live (Node 20), and
 * so grows without bound where signals of a program that runs for good are joined for every call.
 */
export function eitherSignal(lasting: AbortSignal, given: AbortSignal | undefined): EitherSignal {
  if (given === undefined) return { signal: lasting, [Symbol.dispose]: () => {} };
  const controller = new AbortController();
  const sources = [lasting, given];
  setMaxListeners(0, ...sources); // a listener for each call that waits is no leak
  const stop = (): void => {
    for (const source of sources) source.removeEventListener("abort", onAbort);
  };
  const onAbort = (): void => {
    stop();
    controller.abort(sources.find((source) => source.aborted)?.reason);
  };
  for (const source of sources) source.addEventListener("abort", onAbort);
  if (sources.some((source) => source.aborted)) onAbort();
  return { signal: controller.signal, [Symbol.dispose]: stop };
}
