/** One stay inside native code. Times are ms on the clock of `wallMs`. */
export type NativeCall = {
  readonly callId: number;
  readonly beganMs: number;
  /** Undefined: it is there now. */
  readonly endedMs: number | undefined;
};

const HEADER = 1; // how many were ever begun
const FIELDS = 3; // call id, begin, end (0 while it lasts)
const CAPACITY = 8_192;

/** Milliseconds since 1970, with a fraction: what all threads and processes of a machine agree on. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * The latest native calls of one worker, in memory that is shared with it, so that the main thread reads them
 * in its last moment too, when no message arrives any more. The worker writes, the main thread reads.
 */
export class NativeLog {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Float64Array;

  constructor(
    buffer: SharedArrayBuffer = new SharedArrayBuffer(
      (HEADER + CAPACITY * FIELDS) * Float64Array.BYTES_PER_ELEMENT,
    ),
  ) {
    this.buffer = buffer;
    this.#cells = new Float64Array(buffer);
  }

  enter(callId: number, atMs: number = wallMs()): void {
    const begun = this.#cells[0] ?? 0;
    this.#cells.set([callId, atMs, 0], indexOf(begun));
    this.#cells[0] = begun + 1;
  }

  leave(atMs: number = wallMs()): void {
    this.#cells[indexOf((this.#cells[0] ?? 0) - 1) + 2] = atMs;
  }

  /** How many are not kept any more. */
  get dropped(): number {
    return Math.max(0, (this.#cells[0] ?? 0) - CAPACITY);
  }

  /** The oldest first. */
  read(): NativeCall[] {
    const begun = this.#cells[0] ?? 0;
    const calls: NativeCall[] = [];
    for (let i = this.dropped; i < begun; i++) {
      const at = indexOf(i);
      const [callId = 0, beganMs = 0, endedMs = 0] = this.#cells.subarray(at, at + FIELDS);
      calls.push({ callId, beganMs, endedMs: endedMs === 0 ? undefined : endedMs });
    }
    return calls;
  }
}

function indexOf(n: number): number {
  return HEADER + (n % CAPACITY) * FIELDS;
}
