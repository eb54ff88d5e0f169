import {
  MessageChannel,
  receiveMessageOnPort,
  type MessagePort,
  type Worker,
} from "node:worker_threads";
import { settlesWithin } from "../base/waiting/settles-within.ts";
import { startWorker } from "./start-worker.ts";

export type GuestThreadOptions<Out> = {
  readonly name: string;
  /** Structured-cloned to the thread: `guestPort().data`. */
  readonly data: unknown;
  /** Most memory for its objects, in MB; more ends the thread. */
  readonly memoryLimitMb: number;
  readonly onMessage: (message: Out) => void;
  /** What it writes to its own stdout and stderr. */
  readonly onOutput: (text: string, stream: "stdout" | "stderr") => void;
};

/** What the main side puts into the thread's `workerData`. */
export type GuestStart = { readonly port: MessagePort; readonly data: unknown };

/**
 * A thread for code of others, which may loop for ever, throw, exit or allocate until it dies: it can be ended
 * at any time, and what it has sent can be read also while the process is being left. Unlike a `WorkerLink` it
 * has no gate: it must not be given native code that cannot be interrupted. Does not keep the process alive
 * unless it is told to.
 */
export class GuestThread<In, Out> {
  /** Resolves, when the thread is gone, with why, for people; never rejects. */
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

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  post(message: In): void {
    this.#port.postMessage(message);
  }

  /** Keeps the process alive until disposed. */
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

  /** What has been sent and not been delivered yet; for the exit phase, where no event comes any more. */
  *received(): Generator<Out> {
    for (;;) {
      const next: { message: Out } | undefined = receiveMessageOnPort(this.#port);
      if (next === undefined) return;
      yield next.message;
    }
  }

  /** Ends it wherever it is. False: it is in native code that has not returned within `timeoutMs`. */
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
    for (const message of this.received()) onMessage(message); // its last words overtake nothing
    this.#hasEnded = true;
    this.#port.close();
    return failure?.message ?? `exit code ${code}`;
  }
}
