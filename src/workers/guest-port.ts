import { workerData } from "node:worker_threads";
import type { GuestStart } from "./guest-thread.ts";

/** The port of a guest thread to the main side. */
export type GuestPort<In, Out> = {
  /** The `data` option of the `GuestThread`. */
  readonly data: unknown;
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** Closes the port. The thread then ends when it has nothing else to do. */
  close(): void;
};

/** The port of this thread; undefined outside a thread that a GuestThread has started. */
export function guestPort<In, Out>(): GuestPort<In, Out> | undefined {
  const start: GuestStart | null = workerData;
  const port = start?.port;
  if (port === undefined) return undefined;
  return {
    data: start?.data,
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on("message", listener),
    close: () => port.close(),
  };
}
