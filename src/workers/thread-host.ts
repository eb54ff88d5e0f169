import type { Transferable, Worker } from "node:worker_threads";
import { trace } from "../trace/active-trace.ts";
import type { TracedWorker } from "../trace/traced-worker.ts";
import { Gate } from "./gate.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";
import { startWorker } from "./start-worker.ts";
import type { ExitGate } from "../lifetime/exit/exit-phase.ts";
import type { GuardDuty } from "../lifetime/exit/watchdog.ts";
import type { WorkerEvents, WorkerHost } from "./worker-host.ts";

/** A worker in a thread of this process, behind a gate. */
export class ThreadHost implements WorkerHost, ExitGate {
  /** A thread cannot be stopped inside a native call; the limit of the close itself ends the wait. */
  readonly patienceMs = Infinity;
  readonly #gate: Gate = new Gate();
  readonly traced: TracedWorker | undefined;
  readonly #worker: Worker;
  #serves = false;

  constructor(name: string, file: string, callerUrl: string, data: unknown, events: WorkerEvents) {
    this.traced = trace?.worker(`thread of ${name}`);
    const nativeLog = this.traced?.native.buffer;
    const start: WorkerStart = { gate: this.#gate.buffer, data, nativeLog };
    this.#worker = startWorker(file, callerUrl, { workerData: start, name });
    this.#worker.on("message", (message: FromWorker) => {
      if (message.kind === "ready") this.#serves = true;
      events.onMessage(message);
    });
    this.#worker.on("messageerror", (error) => events.onError(error));
    this.#worker.on("error", (error: Error) => events.onError(error));
    this.#worker.on("exit", (code) => {
      this.#serves = false;
      this.#gate.markGone();
      events.onExit(`exit code ${code}`);
    });
  }

  requestClose(): void {
    this.#gate.requestClose();
  }

  closeSync(timeoutMs: number): boolean {
    return this.#gate.closeSync(timeoutMs);
  }

  guard(duty: GuardDuty): boolean {
    if (!this.#serves || !this.#gate.isIdle) return false;
    this.post({ kind: "guard", duty }, []);
    return true;
  }

  post(message: ToWorker, transfer: readonly Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }

  ref(): void {
    this.#worker.ref();
  }

  unref(): void {
    this.#worker.unref();
  }

  cancel(id: number): void {
    this.#gate.cancelCall(id); // the worker sees it between two native calls, without a turn of its event loop
    this.post({ kind: "cancel", id }, []);
  }

  async halt(timeUp: AbortSignal): Promise<void> {
    await this.#gate.close(timeUp);
  }

  async stop(timeUp: AbortSignal): Promise<void> {
    if (await this.#gate.close(timeUp)) await this.#worker.terminate();
  }
}
