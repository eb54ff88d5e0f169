import { setMaxListeners } from "node:events";

const NOTHING: Disposable = { [Symbol.dispose]: () => {} };

/**
 * Calls `listener` once when `signal` aborts, at once when it is aborted already. Disposing removes the listener.
 *
 * ```ts
 * using _ = onAbort(signal, () => socket.destroy());
 * await once(socket, "close");
 * ```
 */
export function onAbort(
  signal: AbortSignal | undefined,
  listener: (reason: unknown) => void,
): Disposable {
  if (signal === undefined) return NOTHING;
  const call = (): void => listener(signal.reason);
  if (signal.aborted) {
    call();
    return NOTHING;
  }
  setMaxListeners(0, signal); // one listener for each call that waits is no leak
  signal.addEventListener("abort", call, { once: true });
  return { [Symbol.dispose]: () => signal.removeEventListener("abort", call) };
}
