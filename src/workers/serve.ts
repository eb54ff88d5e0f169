import { parentPort, workerData, type Transferable } from "node:worker_threads";
import { EarshotError } from "../errors.ts";
import { Gate } from "./gate.ts";
import type { FromWorker, Protocol, ToWorker, WorkerStart } from "./messages.ts";
import { toWireError } from "./wire-error.ts";

/** Runs `body` inside the gate; every touch of a native package, loading it too, goes through here. */
export type Native = <T>(body: () => T | Promise<T>) => Promise<T>;

export type CallContext = {
  /** May be nested. Rejects with CONTEXT_CLOSED when the worker is being closed, or with `signal.reason`. */
  readonly native: Native;
  /** Aborts when the caller cancelled this call. */
  readonly signal: AbortSignal;
  /** Moves these to the main thread with the response instead of copying them. */
  readonly transfer: (...objects: Transferable[]) => void;
  /** The `workerData` given to `WorkerLink.start`. */
  readonly data: unknown;
};

export type Handlers<P extends Protocol> = {
  readonly [K in keyof P]: (
    request: P[K]["request"],
    context: CallContext,
  ) => P[K]["response"] | Promise<P[K]["response"]>;
};

export type ServeOptions = {
  /** Releases what the worker holds (sessions) before it ends; runs after the call in flight. */
  readonly close?: (context: Pick<CallContext, "native" | "data">) => void | Promise<void>;
};

/** The worker's side of a `WorkerLink`: answers its calls, one after another, until it is closed. */
export function serve<P extends Protocol>(handlers: Handlers<P>, options: ServeOptions = {}): void {
  if (parentPort === null) throw new Error("serve() runs only in a worker thread");
  const port = parentPort;
  const start: WorkerStart = workerData;
  const { gate: buffer, data } = start;
  const gate = new Gate(buffer);
  let current: { readonly id: number; readonly controller: AbortController } | undefined;
  let last: Promise<void> = Promise.resolve();

  port.on("message", (message: ToWorker) => {
    switch (message.kind) {
      case "call":
        last = answer(message.id, message.name, message.request);
        break;
      case "cancel":
        if (current?.id === message.id) current.controller.abort(cancelled());
        break;
      case "close":
        void last.then(close);
        break;
    }
  });
  send({ kind: "ready" });

  async function answer(id: number, name: string, request: unknown): Promise<void> {
    const controller = new AbortController();
    current = { id, controller };
    const moved: Transferable[] = [];
    const native = nativeThrough(gate, () => {
      if (gate.isCallCancelled(id)) controller.abort(cancelled());
      controller.signal.throwIfAborted();
    });
    try {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`This worker has no handler "${name}"`);
      const transfer = (...objects: Transferable[]): void => void moved.push(...objects);
      const response = await handler(request, {
        native,
        signal: controller.signal,
        transfer,
        data,
      });
      send({ kind: "result", id, response }, moved);
    } catch (error) {
      send({ kind: "failed", id, error: toWireError(error) });
    } finally {
      current = undefined;
    }
  }

  async function close(): Promise<void> {
    let error: unknown;
    try {
      await options.close?.({ native: nativeThrough(gate, () => {}), data });
    } catch (thrown) {
      error = thrown;
    }
    send({ kind: "closed", error: error === undefined ? undefined : toWireError(error) });
    port.close();
  }

  function send(message: FromWorker, transfer: Transferable[] = []): void {
    port.postMessage(message, transfer);
  }
}

function cancelled(): DOMException {
  return new DOMException("The call was cancelled", "AbortError");
}

/** One gate serves one thread, whose native sections never overlap: a depth tells nested ones apart. */
function nativeThrough(gate: Gate, check: () => void): Native {
  let depth = 0;
  return async (body) => {
    check();
    if (depth === 0 && !gate.tryEnter()) {
      throw new EarshotError("CONTEXT_CLOSED", "The worker is being closed; start a new context");
    }
    depth += 1;
    try {
      return await body();
    } finally {
      depth -= 1;
      if (depth === 0) gate.leave();
    }
  };
}
