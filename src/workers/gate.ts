import { setTimeout as delay } from "node:timers/promises";

const STATE = 0;
const CLOSING = 1;
const CANCELLED_CALL = 2;

const IDLE = 0;
const NATIVE = 1;
const CLOSED = 2;

const POLL_MS = 1;

/**
 * Keeps a worker thread from being stopped while it is inside native code: onnxruntime aborts the whole
 * process when its thread is terminated, or the process left, in the middle of a call.
 *
 * The worker swaps idle → native around every native touch; whoever wants to stop it swaps idle → closed
 * and may terminate the thread only after that. A second cell asks the worker to enter no more, so that a
 * loop of short calls cannot starve the closing side.
 */
export class Gate {
  /** To be handed to the worker thread, which makes its own Gate of it. */
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  /** Worker side. False: the gate is closed or closing, and native code must not be touched any more. */
  tryEnter(): boolean {
    if (Atomics.compareExchange(this.#cells, STATE, IDLE, NATIVE) !== IDLE) return false;
    if (Atomics.load(this.#cells, CLOSING) === 0) return true;
    this.leave();
    return false;
  }

  /** Worker side, after each successful `tryEnter`. */
  leave(): void {
    Atomics.compareExchange(this.#cells, STATE, NATIVE, IDLE);
    Atomics.notify(this.#cells, STATE);
  }

  /** False: the worker is inside native code, and nobody knows how long. */
  get isIdle(): boolean {
    return Atomics.load(this.#cells, STATE) === IDLE;
  }

  get isClosed(): boolean {
    return Atomics.load(this.#cells, STATE) === CLOSED;
  }

  /** Asks the worker to enter no more; does not wait. */
  requestClose(): void {
    Atomics.store(this.#cells, CLOSING, 1);
  }

  /** True once the worker is outside native code and cannot enter again. */
  tryClose(): boolean {
    this.requestClose();
    return Atomics.compareExchange(this.#cells, STATE, IDLE, CLOSED) !== NATIVE;
  }

  /** Like `close`, but blocks this thread; for the exit phase, where nothing can be awaited. */
  closeSync(timeoutMs: number): boolean {
    const deadlineMs = performance.now() + timeoutMs;
    while (!this.tryClose()) {
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0) return false;
      Atomics.wait(this.#cells, STATE, NATIVE, leftMs);
    }
    return true;
  }

  /** Waits for the native call in flight, then shuts the gate. False: `signal` aborted before that. */
  async close(signal: AbortSignal): Promise<boolean> {
    while (!this.tryClose()) {
      if (signal.aborted) return false;
      await delay(POLL_MS);
    }
    return true;
  }

  /** The thread is gone: nothing is left to wait for, whatever it was doing. */
  markGone(): void {
    Atomics.store(this.#cells, STATE, CLOSED);
    Atomics.notify(this.#cells, STATE);
  }

  /** Call ids start at 1; a worker between two native calls sees this without a turn of its event loop. */
  cancelCall(id: number): void {
    Atomics.store(this.#cells, CANCELLED_CALL, id);
  }

  isCallCancelled(id: number): boolean {
    return Atomics.load(this.#cells, CANCELLED_CALL) === id;
  }
}
