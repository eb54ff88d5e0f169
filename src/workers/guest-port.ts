import { workerData } from "node:worker_threads";
import type { GuestStart } from "./guest-thread.ts";

/** A guest thread's way to the main side. */
export type GuestPort<In, Out> = {
  /** What the main side gave the thread at its start. */
  readonly data: unknown;
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** The thread ends when it has nothing else to do. */
  close(): void;
};

/** Undefined outside of a thread that a GuestThread has started. */
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
