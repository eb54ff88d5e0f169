import { Worker } from "node:worker_threads";

const NAME_BYTES = 512;

/**
 * Kills the process when its main thread does not leave in time, as it cannot while a cleanup loops: only
 * another thread can act then. Costs about 9 MB and a few ms, so it is armed when shutdown begins.
 */
export class Watchdog implements Disposable {
  readonly #cells = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #name = new Uint8Array(new SharedArrayBuffer(NAME_BYTES));
  readonly #encoder = new TextEncoder();

  constructor(limitMs: number) {
    const { pid } = process;
    const worker = new Worker(WATCH, {
      eval: true,
      name: "earshot watchdog",
      stdin: false,
      env: {},
      execArgv: [],
      workerData: { cells: this.#cells, name: this.#name, pid, deadlineMs: Date.now() + limitMs },
    });
    worker.unref();
    worker.on("error", () => {}); // out of memory or threads: shutdown goes on without it
  }

  /** What the main thread is about to do, for the message if it never comes back. */
  note(doing: string): void {
    const bytes = this.#encoder.encode(doing).subarray(0, NAME_BYTES);
    this.#name.set(bytes);
    Atomics.store(this.#cells, 1, bytes.length);
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
