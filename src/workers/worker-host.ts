import type { Transferable } from "node:worker_threads";
import type { TracedWorker } from "../trace/traced-worker.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** What a `WorkerLink` needs of the thread or process at its other end. */
export type WorkerHost = {
  /** How long a close waits for the call in flight before it stops the worker, in ms. */
  readonly patienceMs: number;
  /** In a trace. */
  readonly traced: TracedWorker | undefined;
  post(message: ToWorker, transfer: readonly Transferable[]): void;
  /** Keeps the process alive, or no longer. */
  ref(): void;
  unref(): void;
  /** Has the worker stop the call `id` before its next native touch. */
  cancel(id: number): void;
  /**
   * Waits until it is outside native code for good; for when the process is about to end, which stops
   * threads faster than this could. Does nothing to a process of its own: that one can be killed.
   */
  halt(timeUp: AbortSignal): Promise<void>;
  /** Ends it when it has not ended by itself. Never inside native code, unless `timeUp` aborts. */
  stop(timeUp: AbortSignal): Promise<void>;
};

/** What happens at the other end. `onExit` is the last; `why` is for people. */
export type WorkerEvents = {
  readonly onMessage: (message: FromWorker) => void;
  readonly onError: (error: Error) => void;
  readonly onExit: (why: string) => void;
};
