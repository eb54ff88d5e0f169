import type { GuardDuty } from "../lifetime/exit/watchdog.ts";
import type { WireError } from "./wire-error.ts";

/** The calls of a worker, by name. Declare it as a `type`, in protocol.ts of the worker's folder. */
export type Protocol = Record<string, { readonly request: unknown; readonly response: unknown }>;

/**
 * The messages to a worker. A process receives `start` first; a thread never does. The worker has one call at a time:
 * the others wait on the main side.
 */
export type ToWorker =
  | { readonly kind: "start"; readonly data: unknown; readonly isTraced: boolean }
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly request: unknown }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "guard"; readonly duty: GuardDuty }
  | { readonly kind: "close" };

/**
 * The messages from a worker: `ready` once, one `result` or `failed` per call, `closed` as the last. Only a traced
 * process sends `native`.
 */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "native"; readonly did: "enter"; readonly id: number; readonly atMs: number }
  | { readonly kind: "native"; readonly did: "leave"; readonly atMs: number }
  | { readonly kind: "result"; readonly id: number; readonly response: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly error: WireError }
  | { readonly kind: "closed"; readonly error: WireError | undefined };

/** The `workerData` of a worker thread. */
export type WorkerStart = {
  readonly gate: SharedArrayBuffer;
  readonly data: unknown;
  /** A traced thread records its native calls here: see NativeLog. Undefined without a trace. */
  readonly nativeLog: SharedArrayBuffer | undefined;
};
