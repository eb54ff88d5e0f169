import { Worker } from "node:worker_threads";

/** The most bytes of a name in the message: enough for nested scopes. */
const MAX_NAME_BYTES = 512;

/** The delay before a thread of its own joins a worker that watches, in ms: most processes have exited by then. */
const OWN_AFTER_MS = 100;

/** The order to kill the process at a time, and to name the step in which its main thread is stuck. */
export type GuardDuty = {
  /** When to kill the process, in ms on the clock of `Date.now()`. */
  readonly deadlineMs: number;
  /** [0] is 1 once the order is withdrawn; [1] is the number of bytes of `name` in use. */
  readonly cells: Int32Array;
  /** The step of the main thread, in UTF-8. */
  readonly name: Uint8Array;
};

/**
 * Kills the process when its main thread does not exit in time. While a cleanup loops, only another thread can act.
 * A thread of its own costs about 9 MB and 10 to 20 ms of processor time. So it is armed only when the shutdown
 * begins, and an idle worker thread does the work first if there is one.
 */
export class Watchdog implements Disposable {
  readonly #cells = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #name = new Uint8Array(new SharedArrayBuffer(MAX_NAME_BYTES));
  readonly #encoder = new TextEncoder();
  readonly #duty: GuardDuty;

  /** @param delegate passes the order to a thread that runs already; false when there is none */
  constructor(limitMs: number, delegate: (duty: GuardDuty) => boolean = () => false) {
    const deadlineMs = Date.now() + limitMs;
    this.#duty = { deadlineMs, cells: this.#cells, name: this.#name };
    if (!delegate(this.#duty)) this.#startThread();
    else setTimeout(() => this.#startThread(), OWN_AFTER_MS).unref(); // the other thread may end before
  }

  /** Names the next step of the main thread, for the message in case it gets stuck there. */
  note(doing: string): void {
    const bytes = this.#encoder.encode(doing).subarray(0, MAX_NAME_BYTES);
    this.#name.set(bytes);
    Atomics.store(this.#cells, 1, bytes.length);
  }

  #startThread(): void {
    const worker = new Worker(WATCH, {
      eval: true,
      name: "earshot watchdog",
      stdin: false,
      env: {},
      execArgv: [],
      workerData: { ...this.#duty, pid: process.pid },
    });
    worker.unref();
    worker.on("error", () => {}); // out of memory or threads: the shutdown goes on without a watchdog
  }

  [Symbol.dispose](): void {
    Atomics.store(this.#cells, 0, 1);
    Atomics.notify(this.#cells, 0);
  }
}

const WATCH = `
const { workerData: { cells, name, pid, deadlineMs } } = require("node:worker_threads");
const { writeSync } = require("node:fs");
if (Atomics.wait(cells, 0, 0, deadlineMs - Date.now()) === "timed-out") {
  const doing = new TextDecoder().decode(name.slice(0, Atomics.load(cells, 1)));
  try {
    writeSync(2, "earshot: the main thread is stuck in \\"" + doing + "\\": killed at the limit\\n");
  } catch {
    // Nobody reads stderr: ending matters more than the message.
  }
  process.kill(pid, "SIGKILL");
}`;
