import type { Transferable } from "node:worker_threads";
import type { TracedWorker } from "../trace/traced-worker.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** The thread or process at the other end of a `WorkerLink`. */
export type WorkerHost = {
  /** How long a close waits for the call in flight before it stops the worker, in ms. */
  readonly patienceMs: number;
  /** The worker in the trace; undefined without a trace. */
  readonly traced: TracedWorker | undefined;
  post(message: ToWorker, transfer: readonly Transferable[]): void;
  /** Keeps the process alive while the worker runs. */
  ref(): void;
  /** Lets the process end while the worker runs. */
  unref(): void;
  /** Asks the worker to stop the call `id` before its next native touch. */
  cancel(id: number): void;
  /**
   * Waits until the worker is outside native code for good. Used when the process is about to end, which stops threads
   * faster than `stop`. A worker in a process needs no wait: it can be killed.
   */
  halt(timeUp: AbortSignal): Promise<void>;
  /** Ends the worker unless it has ended by itself. A thread in native code is left running once `timeUp` aborts. */
  stop(timeUp: AbortSignal): Promise<void>;
};

/** Listeners to the other end. `onExit` is called last; `why` is for people. */
export type WorkerEvents = {
  readonly onMessage: (message: FromWorker) => void;
  readonly onError: (error: Error) => void;
  readonly onExit: (why: string) => void;
};
