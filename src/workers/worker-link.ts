import type { Transferable } from "node:worker_threads";
import { EarshotError } from "../errors.ts";
import { deferred } from "../base/waiting/deferred.ts";
import { onAbort } from "../base/waiting/on-abort.ts";
import { settlesWithin } from "../base/waiting/settles-within.ts";
import type { CleanupContext } from "../lifetime/cleanup/cleanup-function.ts";
import type { Owner, Registration } from "../lifetime/owner.ts";
import type { FromWorker, Protocol, ToWorker } from "./messages.ts";
import { ProcessHost } from "./process-host.ts";
import { ThreadHost } from "./thread-host.ts";
import { fromWireError } from "./wire-error.ts";
import type { WorkerHost } from "./worker-host.ts";

/** How a worker is started. */
export type WorkerLinkOptions = {
  /** Structured-cloned to the worker, where handlers read it as `context.data`. */
  readonly workerData?: unknown;
  /** Shown in reports. @default the worker's file name */
  readonly name?: string;
  /** "process" is for native calls that take longer than a shutdown may. @default "thread" */
  readonly isolation?: "thread" | "process";
};

/** How a call is cancelled, and what it moves. */
export type CallOptions = {
  /** Cancels the call: it rejects with `signal.reason`, and the worker stops before its next native touch. */
  readonly signal?: AbortSignal;
  /** Objects that are moved to the worker instead of copied. They are unusable here afterwards. */
  readonly transfer?: Transferable[];
};

type Call = {
  readonly id: number;
  readonly name: string;
  readonly message: ToWorker;
  readonly transfer: Transferable[];
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * The main thread's end of a worker. It makes typed calls, which the worker answers one after another.
 *
 * The worker keeps the process alive only while a call or a close is pending. It ends with its scope: pending calls
 * reject with CONTEXT_CLOSED, the call in flight stops at its next native touch, and the worker releases what it holds.
 * Then it is stopped; a thread is never stopped inside native code.
 */
export class WorkerLink<P extends Protocol> {
  readonly name: string;
  readonly #host: WorkerHost;
  readonly #queue: Call[] = [];
  #inFlight: Call | undefined;
  #nextId = 1;
  readonly #registration: Registration;
  #isReady = false;
  #closing = false;
  #failure: Error | undefined;
  #ended: EarshotError | undefined;
  readonly #ready = deferred();
  readonly #idle = deferred();
  readonly #closed = deferred();

  /**
   * Starts the module `file` (without extension) next to the caller, and waits until it serves.
   * @throws EarshotError WORKER_EXITED when it ends before that; CONTEXT_CLOSED when the scope is closed
   */
  static async start<P extends Protocol>(
    scope: Owner,
    file: string,
    callerUrl: string,
    options: WorkerLinkOptions = {},
  ): Promise<WorkerLink<P>> {
    scope.assertOpen();
    const link = new WorkerLink<P>(scope, file, callerUrl, options);
    try {
      await link.#ready.promise;
    } catch (error) {
      await link.close();
      throw error;
    }
    return link;
  }

  /** Use `WorkerLink.start`, which registers the release. */
  private constructor(scope: Owner, file: string, callerUrl: string, options: WorkerLinkOptions) {
    this.name = options.name ?? file;
    const { workerData, isolation } = options;
    const events = {
      onMessage: (message: FromWorker): void => this.#receive(message),
      onError: (error: Error): void => void (this.#failure = error),
      onExit: (why: string): void => this.#onExit(why),
    };
    const stop = (context: CleanupContext): Promise<void> => this.#stop(context);
    const name = `worker ${this.name}`;
    if (isolation === "process") {
      this.#host = new ProcessHost(scope, this.name, file, callerUrl, workerData, events);
      this.#registration = scope.defer(stop, { name });
    } else {
      const host = new ThreadHost(this.name, file, callerUrl, workerData, events);
      this.#host = host;
      this.#registration = scope.defer(stop, { name, gate: host });
    }
  }

  /** False once the worker has ended, by itself or by `close`. */
  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  /**
   * Calls the handler `name` of the worker. Resolves with its response.
   * @throws EarshotError WORKER_EXITED when the worker ends first, CONTEXT_CLOSED when it is being closed;
   * `signal.reason` when cancelled; what the handler throws
   */
  call<K extends keyof P & string>(
    name: K,
    request: P[K]["request"],
    options: CallOptions = {},
  ): Promise<P[K]["response"]> {
    return new Promise((resolve, reject) => {
      options.signal?.throwIfAborted();
      if (this.#ended !== undefined) throw this.#ended;
      if (this.#closing) throw this.#closedError();
      const id = this.#nextId++;
      const listener = onAbort(options.signal, (reason) => this.#cancel(id, reason));
      this.#queue.push({
        id,
        name,
        message: { kind: "call", id, name, request },
        transfer: options.transfer ?? [],
        resolve: (response) => {
          listener[Symbol.dispose]();
          resolve(response);
        },
        reject: (error) => {
          listener[Symbol.dispose]();
          reject(error);
        },
      });
      this.#sendNext();
    });
  }

  /** Ends the worker. Idempotent. Resolves when it has ended. @throws EarshotError CLEANUP_FAILED */
  async close(): Promise<void> {
    await this.#registration.release();
  }

  #sendNext(): void {
    if (this.#inFlight !== undefined || this.#ended !== undefined) return;
    const call = this.#queue.shift();
    if (call === undefined) {
      if (this.#closing) this.#idle.resolve();
      else this.#host.unref();
      return;
    }
    this.#host.ref();
    this.#host.traced?.beginCall(call.id, call.name);
    try {
      this.#host.post(call.message, call.transfer);
      this.#inFlight = call;
    } catch (error) {
      this.#host.traced?.endCall(call.id, "not sent");
      call.reject(error);
      this.#sendNext();
    }
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        this.#isReady = true;
        this.#ready.resolve();
        this.#sendNext();
        break;
      case "result":
        this.#settle(message.id, "answered")?.resolve(message.response);
        this.#sendNext();
        break;
      case "failed":
        this.#settle(message.id, message.error.name)?.reject(fromWireError(message.error));
        this.#sendNext();
        break;
      case "native":
        break; // the host handles it
      case "closed":
        if (message.error === undefined) this.#closed.resolve();
        else this.#closed.reject(fromWireError(message.error));
        break;
    }
  }

  #settle(id: number, outcome: string): Call | undefined {
    this.#host.traced?.endCall(id, outcome);
    const call = this.#inFlight?.id === id ? this.#inFlight : undefined;
    if (call !== undefined) this.#inFlight = undefined;
    return call;
  }

  /** A cancelled call in flight is rejected at once, but stays in flight until the worker has answered it. */
  #cancel(id: number, reason: unknown): void {
    const index = this.#queue.findIndex((call) => call.id === id);
    const [queued] = index < 0 ? [] : this.#queue.splice(index, 1);
    if (queued !== undefined) {
      queued.reject(reason);
    } else if (this.#inFlight?.id === id) {
      this.#host.cancel(id);
      this.#inFlight.reject(reason);
    }
  }

  async #stop({ reason, signal }: CleanupContext): Promise<void> {
    this.#closing = true;
    for (const call of this.#queue.splice(0)) call.reject(this.#closedError());
    if (this.#ended !== undefined) return;
    this.#host.ref();
    if (this.#inFlight !== undefined) this.#cancel(this.#inFlight.id, this.#closedError());
    if (reason !== "close") return await this.#host.halt(signal);
    this.#sendNext();
    try {
      if (this.#isReady) await settlesWithin(this.#finish(), this.#host.patienceMs);
    } finally {
      await this.#host.stop(signal);
    }
  }

  /** Waits for the call in flight, then lets the worker release what it holds. Resolves early if the worker ends. */
  async #finish(): Promise<void> {
    await this.#idle.promise;
    this.#host.post({ kind: "close" }, []);
    await this.#closed.promise;
  }

  #onExit(why: string): void {
    this.#host.traced?.end();
    this.#ended = new EarshotError(
      "WORKER_EXITED",
      `The worker "${this.name}" ended (${this.#failure?.message ?? why}); start it again`,
      this.#failure === undefined ? {} : { cause: this.#failure },
    );
    const pending = this.#closing ? this.#closedError() : this.#ended;
    this.#inFlight?.reject(pending);
    this.#inFlight = undefined;
    for (const call of this.#queue.splice(0)) call.reject(pending);
    this.#ready.reject(this.#ended);
    this.#idle.resolve();
    this.#closed.resolve();
    if (!this.#closing) this.#registration[Symbol.dispose]();
  }

  #closedError(): EarshotError {
    return new EarshotError(
      "CONTEXT_CLOSED",
      `The worker "${this.name}" was closed before this call was answered; start a new context`,
    );
  }
}
