import { setTimeout as delay } from "node:timers/promises";

const STATE = 0;
const CLOSING = 1;
const CANCELLED_CALL = 2;

const IDLE = 0;
const NATIVE = 1;
const CLOSED = 2;

/** How often `close` looks whether the native call has ended, in ms: the precision of a timer. */
const POLL_MS = 1;

/**
 * Prevents a worker thread from being stopped inside native code: onnxruntime aborts the whole process when its thread
 * is terminated, or the process exits, in the middle of a call.
 *
 * The worker swaps idle → native around every native touch. The side that stops it swaps idle → closed, and may
 * terminate the thread only after that. A second cell asks the worker to stay outside, so that a loop of short calls
 * cannot starve the closing side.
 */
export class Gate {
  /** Shared with the worker thread, which constructs its own Gate from it. */
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  /** Enters native code, on the worker's side. False: the gate is closed or closing, and native code is off limits. */
  tryEnter(): boolean {
    if (Atomics.compareExchange(this.#cells, STATE, IDLE, NATIVE) !== IDLE) return false;
    if (Atomics.load(this.#cells, CLOSING) === 0) return true;
    this.leave();
    return false;
  }

  /** Leaves native code, on the worker's side, after each successful `tryEnter`. */
  leave(): void {
    Atomics.compareExchange(this.#cells, STATE, NATIVE, IDLE);
    Atomics.notify(this.#cells, STATE);
  }

  /** True: the worker is outside native code, and the gate is open. */
  get isIdle(): boolean {
    return Atomics.load(this.#cells, STATE) === IDLE;
  }

  /** True: the worker is outside native code for good. */
  get isClosed(): boolean {
    return Atomics.load(this.#cells, STATE) === CLOSED;
  }

  /** Asks the worker to stay outside native code. Does not wait. */
  requestClose(): void {
    Atomics.store(this.#cells, CLOSING, 1);
  }

  /** Closes the gate if the worker is outside native code. False: the worker is inside. */
  tryClose(): boolean {
    this.requestClose();
    return Atomics.compareExchange(this.#cells, STATE, IDLE, CLOSED) !== NATIVE;
  }

  /** Closes the gate like `close`, but blocks this thread: the exit phase cannot await. False: `timeoutMs` are over. */
  closeSync(timeoutMs: number): boolean {
    const deadlineMs = performance.now() + timeoutMs;
    while (!this.tryClose()) {
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) return false;
      Atomics.wait(this.#cells, STATE, NATIVE, leftMs);
    }
    return true;
  }

  /** Waits for the native call in flight, then closes the gate. False: `signal` aborted before that. */
  async close(signal: AbortSignal): Promise<boolean> {
    while (!this.tryClose()) {
      if (signal.aborted) return false;
      await delay(POLL_MS);
    }
    return true;
  }

  /** Closes the gate of a thread that has ended, so that nobody waits for it. */
  markGone(): void {
    Atomics.store(this.#cells, STATE, CLOSED);
    Atomics.notify(this.#cells, STATE);
  }

  /** Cancels the call `id` (from 1). A worker between two native calls sees it without a turn of its event loop. */
  cancelCall(id: number): void {
    Atomics.store(this.#cells, CANCELLED_CALL, id);
  }

  isCallCancelled(id: number): boolean {
    return Atomics.load(this.#cells, CANCELLED_CALL) === id;
  }
}
