import { Worker } from "node:worker_threads";

const NAME_BYTES = 512;

/** When an own thread takes over from a worker's, in ms: most ends are over by then. */
const OWN_AFTER_MS = 100;

/** What a thread has to do: kill the process at that time, and say what its main thread was stuck in. */
export type GuardDuty = {
  /** On the clock of `Date.now()`. */
  readonly deadlineMs: number;
  /** [0]: 1 when all is well; [1]: bytes of `name` in use. */
  readonly cells: Int32Array;
  readonly name: Uint8Array;
};

/**
 * Kills the process when its main thread does not leave in time, as it cannot while a cleanup loops: only
 * another thread can act then. One of its own costs about 9 MB and 10 to 20 ms of processor time, so it is
 * armed when shutdown begins, and first a worker thread that is idle is asked to do it.
 */
export class Watchdog implements Disposable {
  readonly #cells = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #name = new Uint8Array(new SharedArrayBuffer(NAME_BYTES));
  readonly #encoder = new TextEncoder();
  readonly #duty: GuardDuty;

  /** @param delegate has a thread that runs already do it; false when there is none */
  constructor(limitMs: number, delegate: (duty: GuardDuty) => boolean = () => false) {
    const deadlineMs = Date.now() + limitMs;
    this.#duty = { deadlineMs, cells: this.#cells, name: this.#name };
    if (!delegate(this.#duty)) this.#startThread();
    else setTimeout(() => this.#startThread(), OWN_AFTER_MS).unref(); // that thread may be ended too
  }

  /** What the main thread is about to do, for the message if it never comes back. */
  note(doing: string): void {
    const bytes = this.#encoder.encode(doing).subarray(0, NAME_BYTES);
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
    worker.on("error", () => {}); // out of memory or threads: shutdown goes on without it
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
    // Nobody reads stderr: ending matters more than telling.
  }
  process.kill(pid, "SIGKILL");
}`;
