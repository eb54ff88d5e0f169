/** One call into native code. Times are ms on the clock of `wallMs`. */
export type NativeCall = {
  readonly callId: number;
  readonly beganMs: number;
  /** Undefined while the call runs. */
  readonly endedMs: number | undefined;
};

/** Cell 0 counts the calls ever begun. */
const HEADER_CELLS = 1;
/** Call id, begin, end; the end is 0 while the call runs. */
const CELLS_PER_CALL = 3;
/** Keeps the shared buffer of a worker under 200 kB. */
const MAX_CALLS = 8_192;

/** Milliseconds since 1970, with a fraction. All threads and processes of a machine share this clock. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * The latest native calls of one worker, in shared memory. The worker writes and the main thread reads, even in the
 * last moment of the process, when messages do not arrive.
 */
export class NativeLog {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Float64Array;

  constructor(
    buffer: SharedArrayBuffer = new SharedArrayBuffer(
      (HEADER_CELLS + MAX_CALLS * CELLS_PER_CALL) * Float64Array.BYTES_PER_ELEMENT,
    ),
  ) {
    this.buffer = buffer;
    this.#cells = new Float64Array(buffer);
  }

  enter(callId: number, atMs: number = wallMs()): void {
    const begun = this.#cells[0]!;
    this.#cells.set([callId, atMs, 0], indexOf(begun));
    this.#cells[0] = begun + 1;
  }

  leave(atMs: number = wallMs()): void {
    this.#cells[indexOf(this.#cells[0]! - 1) + 2] = atMs;
  }

  /** Number of calls that newer ones have overwritten. */
  get dropped(): number {
    return Math.max(0, this.#cells[0]! - MAX_CALLS);
  }

  /** The calls that are kept, the oldest first. */
  read(): NativeCall[] {
    const begun = this.#cells[0]!;
    const calls: NativeCall[] = [];
    for (let i = this.dropped; i < begun; i++) {
      const at = indexOf(i);
      const endedMs = this.#cells[at + 2]!;
      calls.push({
        callId: this.#cells[at]!,
        beganMs: this.#cells[at + 1]!,
        endedMs: endedMs === 0 ? undefined : endedMs,
      });
    }
    return calls;
  }
}

function indexOf(call: number): number {
  return HEADER_CELLS + (call % MAX_CALLS) * CELLS_PER_CALL;
}
