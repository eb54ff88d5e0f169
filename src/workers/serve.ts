import type { Transferable } from "node:worker_threads";
import { EarshotError } from "../errors.ts";
import { guardMainThread } from "./guard-main-thread.ts";
import type { Protocol, ToWorker } from "./messages.ts";
import { toWireError, type WireError } from "./wire-error.ts";
import { openWorkerPort, type WorkerPort } from "./worker-port.ts";

/** Runs `body` inside the gate. Every touch of a native package goes through here, including its import. */
export type Native = <T>(body: () => T | Promise<T>) => Promise<T>;

/** The second argument of a handler. */
export type CallContext = {
  /** May be nested. @throws EarshotError CONTEXT_CLOSED while the worker closes; `signal.reason` */
  readonly native: Native;
  /** Aborts when the caller cancels this call. */
  readonly signal: AbortSignal;
  /** Moves these objects to the main thread with the response instead of copying them. */
  readonly transfer: (...objects: Transferable[]) => void;
  /** The `workerData` given to `WorkerLink.start`. */
  readonly data: unknown;
};

/** One function for each call of a protocol. */
export type Handlers<P extends Protocol> = {
  readonly [K in keyof P]: (
    request: P[K]["request"],
    context: CallContext,
  ) => P[K]["response"] | Promise<P[K]["response"]>;
};

/** How a worker ends. */
export type ServeOptions = {
  /** Releases what the worker holds, such as sessions. It runs after the call in flight, before the worker ends. */
  readonly close?: (context: Pick<CallContext, "native" | "data">) => void | Promise<void>;
};

/**
 * The worker's side of a `WorkerLink`. It answers the calls, one after another, until the link closes. It runs in a
 * thread or, for `isolation: "process"`, in a process.
 */
export function serve<P extends Protocol>(handlers: Handlers<P>, options: ServeOptions = {}): void {
  void openWorkerPort().then((port) => new Server(port, handlers, options).start());
}

/** Stands for the release in the native log, where ids of calls begin at 1. */
const CLOSE = 0;

class Server<P extends Protocol> {
  readonly #port: WorkerPort;
  readonly #handlers: Handlers<P>;
  readonly #options: ServeOptions;
  #current: { readonly id: number; readonly controller: AbortController } | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(port: WorkerPort, handlers: Handlers<P>, options: ServeOptions) {
    this.#port = port;
    this.#handlers = handlers;
    this.#options = options;
  }

  start(): void {
    this.#port.onMessage((message) => this.#receive(message));
    this.#port.send({ kind: "ready" }, []);
  }

  #receive(message: ToWorker): void {
    switch (message.kind) {
      case "start":
        break; // the port has read it
      case "call":
        this.#last = this.#answer(message.id, message.name, message.request);
        break;
      case "cancel":
        if (this.#current?.id === message.id) this.#current.controller.abort(cancelled());
        break;
      case "guard":
        guardMainThread(message.duty);
        break;
      case "close":
        void this.#last.then(() => this.#close());
        break;
    }
  }

  async #answer(id: number, name: string, request: unknown): Promise<void> {
    const controller = new AbortController();
    this.#current = { id, controller };
    const moved: Transferable[] = [];
    const native = nativeThrough(this.#port, id, () => {
      if (this.#port.gate.isCallCancelled(id)) controller.abort(cancelled());
      controller.signal.throwIfAborted();
    });
    try {
      const handler = this.#handlers[name];
      if (handler === undefined) throw new Error(`This worker has no handler "${name}"`);
      const transfer = (...objects: Transferable[]): void => void moved.push(...objects);
      const { data } = this.#port;
      const response = await handler(request, {
        native,
        signal: controller.signal,
        transfer,
        data,
      });
      this.#port.send({ kind: "result", id, response }, moved);
    } catch (error) {
      this.#port.send({ kind: "failed", id, error: toWireError(error) }, []);
    } finally {
      this.#current = undefined;
    }
  }

  async #close(): Promise<void> {
    let error: WireError | undefined;
    try {
      const native = nativeThrough(this.#port, CLOSE, () => {});
      await this.#options.close?.({ native, data: this.#port.data });
    } catch (thrown) {
      error = toWireError(thrown);
    }
    this.#port.send({ kind: "closed", error }, []);
    this.#port.close();
  }
}

function cancelled(): DOMException {
  return new DOMException("The call was cancelled", "AbortError");
}

/** The native sections of a thread may be nested but never overlap. Only the outermost enters and leaves the gate. */
function nativeThrough(
  { gate, nativeLog, beforeNative }: WorkerPort,
  callId: number,
  check: () => void,
): Native {
  let depth = 0;
  return async (body) => {
    if (depth === 0) await beforeNative();
    check();
    if (depth === 0 && !gate.tryEnter()) {
      throw new EarshotError("CONTEXT_CLOSED", "The worker is being closed; start a new context");
    }
    if (depth === 0) nativeLog?.enter(callId);
    depth += 1;
    try {
      return await body();
    } finally {
      depth -= 1;
      if (depth === 0) {
        nativeLog?.leave();
        gate.leave();
      }
    }
  };
}
