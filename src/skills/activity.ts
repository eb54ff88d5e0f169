const LENGTH = 0;
const STOPPED = 1;
const CELLS = 2;
const TEXT_BYTES = 512;

/**
 * What a thread is doing right now, in memory shared with the main side, which can still read it when the thread
 * does not answer any more; and whether its cleanups have run, which can be waited for while the process is left.
 */
export class Activity {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #text: Uint8Array;

  constructor(
    buffer: SharedArrayBuffer = new SharedArrayBuffer(
      CELLS * Int32Array.BYTES_PER_ELEMENT + TEXT_BYTES,
    ),
  ) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer, 0, CELLS);
    this.#text = new Uint8Array(buffer, CELLS * Int32Array.BYTES_PER_ELEMENT);
  }

  /** Thread side: `skill` is about to run. */
  note(skill: string, doing: string): void {
    const bytes = new TextEncoder().encode(`${skill}\n${doing}`).subarray(0, TEXT_BYTES);
    this.#text.set(bytes);
    Atomics.store(this.#cells, LENGTH, bytes.length);
  }

  /** Thread side: nothing of a skill runs. */
  clear(): void {
    Atomics.store(this.#cells, LENGTH, 0);
  }

  get current(): { readonly skill: string; readonly doing: string } | undefined {
    const length = Atomics.load(this.#cells, LENGTH);
    if (length === 0) return undefined;
    const [skill = "", doing = ""] = new TextDecoder()
      .decode(this.#text.slice(0, length))
      .split("\n");
    return { skill, doing };
  }

  /** Thread side: every cleanup has run. */
  markStopped(): void {
    Atomics.store(this.#cells, STOPPED, 1);
    Atomics.notify(this.#cells, STOPPED);
  }

  /** Blocks this thread until the other one has run its cleanups; for the exit phase. */
  waitStopped(timeoutMs: number): boolean {
    return Atomics.wait(this.#cells, STOPPED, 0, timeoutMs) !== "timed-out";
  }
}
