import {
  MessageChannel,
  receiveMessageOnPort,
  type MessagePort,
  type Worker,
} from "node:worker_threads";
import { settlesWithin } from "../base/waiting/settles-within.ts";
import { startWorker } from "./start-worker.ts";

/** How a guest thread starts, what bounds it, and who receives its messages. */
export type GuestThreadOptions<Out> = {
  /** The name of the thread. */
  readonly name: string;
  /** Structured-cloned to the thread, which reads it as `guestPort().data`. */
  readonly data: unknown;
  /** The limit of its JavaScript heap, in MB. Beyond it, the thread ends. */
  readonly memoryLimitMb: number;
  readonly onMessage: (message: Out) => void;
  /** Receives what the thread writes to its stdout and stderr. */
  readonly onOutput: (text: string, stream: "stdout" | "stderr") => void;
};

/** The thread's `workerData`. */
export type GuestStart = { readonly port: MessagePort; readonly data: unknown };

/**
 * A thread for code of users, which may loop for ever, throw, exit or allocate until it dies. It can be ended at any
 * time, and its messages can be read even while the process exits. Unlike a `WorkerLink` it has no gate, so it must not
 * run native code that cannot be interrupted. It keeps the process alive only while `hold` is in effect.
 */
export class GuestThread<In, Out> {
  /** Resolves with the reason, for people, when the thread has ended. Never rejects. */
  readonly ended: Promise<string>;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  #hasEnded = false;
  #holds = 0;

  /** @param callerUrl the `import.meta.url` of the module beside which the thread's module `file` lies */
  constructor(file: string, callerUrl: string, options: GuestThreadOptions<Out>) {
    const { port1, port2 } = new MessageChannel();
    const start: GuestStart = { port: port2, data: options.data };
    this.#port = port1;
    this.#worker = startWorker(file, callerUrl, {
      name: options.name,
      workerData: start,
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: options.memoryLimitMb },
      stdout: true,
      stderr: true,
    });
    for (const stream of ["stdout", "stderr"] as const) {
      const listener = (text: string): void => options.onOutput(text, stream);
      this.#worker[stream].setEncoding("utf8").on("data", listener);
    }
    port1.on("message", options.onMessage);
    this.ended = this.#untilEnd(options.onMessage);
    port1.unref();
    this.#worker.unref();
  }

  /** True once the thread has ended and all its messages are delivered. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  post(message: In): void {
    this.#port.postMessage(message);
  }

  /** Keeps the process alive until it is disposed. */
  hold(): Disposable {
    if (this.#holds++ === 0) this.#port.ref();
    let isHeld = true;
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return;
        isHeld = false;
        if (--this.#holds === 0) this.#port.unref();
      },
    };
  }

  /** Takes the messages that no event has delivered yet: in the exit phase, no event comes. */
  *received(): Generator<Out> {
    for (;;) {
      const next: { message: Out } | undefined = receiveMessageOnPort(this.#port);
      if (next === undefined) return;
      yield next.message;
    }
  }

  /** Ends the thread wherever it is. False: it is in native code that has not returned within `timeoutMs`. */
  async terminate(timeoutMs: number): Promise<boolean> {
    if (this.#hasEnded) return true;
    const isGone = await settlesWithin(this.#worker.terminate(), timeoutMs, { keepAlive: true });
    if (isGone) await this.ended;
    return isGone;
  }

  async #untilEnd(onMessage: (message: Out) => void): Promise<string> {
    let failure: Error | undefined;
    this.#worker.on("error", (error: Error) => (failure = error));
    const exit = new Promise<number>((resolve) => this.#worker.once("exit", resolve));
    const code = await exit;
    for (const message of this.received()) onMessage(message); // the last messages keep their order
    this.#hasEnded = true;
    this.#port.close();
    return failure?.message ?? `exit code ${code}`;
  }
}
