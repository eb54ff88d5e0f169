import type { GuardDuty } from "../lifetime/exit/watchdog.ts";
import type { WireError } from "./wire-error.ts";

/** What a worker can be asked, by name. Write it as a `type`, in the folder's protocol.ts. */
export type Protocol = Record<string, { readonly request: unknown; readonly response: unknown }>;

/** Main → worker; `start` first, and only to a process. At most one call is with the worker at a time; the others wait on the main side. */
export type ToWorker =
  | { readonly kind: "start"; readonly data: unknown; readonly isTraced: boolean }
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly request: unknown }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "guard"; readonly duty: GuardDuty }
  | { readonly kind: "close" };

/** Worker → main: `ready` once, one `result` or `failed` per call, `closed` as the last; `native` of a process that is traced. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "native"; readonly did: "enter"; readonly id: number; readonly atMs: number }
  | { readonly kind: "native"; readonly did: "leave"; readonly atMs: number }
  | { readonly kind: "result"; readonly id: number; readonly response: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly error: WireError }
  | { readonly kind: "closed"; readonly error: WireError | undefined };

/** What the main side puts into the thread's `workerData`. */
export type WorkerStart = {
  readonly gate: SharedArrayBuffer;
  readonly data: unknown;
  /** Where a thread that is traced writes its native calls down: see NativeLog. */
  readonly nativeLog: SharedArrayBuffer | undefined;
};
