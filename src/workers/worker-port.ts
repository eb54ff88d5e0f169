import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, workerData, type Transferable } from "node:worker_threads";
import { NativeLog, wallMs } from "../trace/native-log.ts";
import { Gate } from "./gate.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";

/** The worker's port to the main side, in a thread or a process. */
export type WorkerPort = {
  readonly gate: Gate;
  /** Undefined without a trace. */
  readonly nativeLog: Pick<NativeLog, "enter" | "leave"> | undefined;
  readonly data: unknown;
  /** Awaited before each native touch. In a process, where a cancellation is a message, it grants a turn to read it. */
  readonly beforeNative: () => Promise<void> | void;
  send(message: FromWorker, transfer: readonly Transferable[]): void;
  onMessage(listener: (message: ToWorker) => void): void;
  close(): void;
};

/** Opens the port of this worker. @throws Error in a thread or process that no WorkerLink has started */
export async function openWorkerPort(): Promise<WorkerPort> {
  if (parentPort !== null) return threadPort(parentPort, workerData);
  if (process.connected) return await processPort();
  throw new Error("serve() runs only in a worker that WorkerLink.start has started");
}

function threadPort(port: NonNullable<typeof parentPort>, start: WorkerStart): WorkerPort {
  return {
    gate: new Gate(start.gate),
    nativeLog: start.nativeLog === undefined ? undefined : new NativeLog(start.nativeLog),
    data: start.data,
    beforeNative: () => {},
    send: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => void port.on("message", listener),
    close: () => port.close(),
  };
}

function send(message: FromWorker): void {
  process.send?.(message);
}

/** The process ends with its channel, which closes when the main side ends or needs it no longer. */
async function processPort(): Promise<WorkerPort> {
  const { data, isTraced } = await new Promise<ToWorker & { kind: "start" }>((resolve) => {
    process.once("message", (message: ToWorker) => {
      if (message.kind === "start") resolve(message);
    });
  });
  const nativeLog = {
    enter: (id: number) => send({ kind: "native", did: "enter", id, atMs: wallMs() }),
    leave: () => send({ kind: "native", did: "leave", atMs: wallMs() }),
  };
  return {
    gate: new Gate(),
    nativeLog: isTraced ? nativeLog : undefined,
    data,
    beforeNative: () => nextTurn(),
    send: (message) => send(message),
    onMessage: (listener) => void process.on("message", listener),
    close: () => process.disconnect(),
  };
}
