const LENGTH = 0;
const RUNNING = 1;
const STOPPED = 2;
const CELLS = 3;
const TEXT_BYTES = 512;

/** The last call of a skill; `isRunning` until it returns or reaches its first `await`. */
export type Doing = { readonly skill: string; readonly what: string; readonly isRunning: boolean };

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
  note(skill: string, what: string): void {
    const bytes = new TextEncoder().encode(`${skill}\n${what}`).subarray(0, TEXT_BYTES);
    this.#text.set(bytes);
    Atomics.store(this.#cells, LENGTH, bytes.length);
    Atomics.store(this.#cells, RUNNING, 1);
  }

  /** Thread side: the call came back. */
  clear(): void {
    Atomics.store(this.#cells, RUNNING, 0);
  }

  /** The last call of a skill. */
  get last(): Doing | undefined {
    const length = Atomics.load(this.#cells, LENGTH);
    if (length === 0) return undefined;
    const [skill = "", what = ""] = new TextDecoder()
      .decode(this.#text.slice(0, length))
      .split("\n");
    return { skill, what, isRunning: Atomics.load(this.#cells, RUNNING) === 1 };
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

/** "lights: the handler of LightsOn", as far as it is known. */
export function describeDoing(doing: Doing | undefined): string {
  if (doing === undefined) return "a skill";
  const call = `${doing.skill}: ${doing.what}`;
  return doing.isRunning ? call : `a skill (the last call: ${call})`;
}
