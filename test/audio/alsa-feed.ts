import { execFileSync } from "node:child_process";
import { writeSync } from "node:fs";
import { setInterval } from "node:timers/promises";
import { AlsaFifo, hasToWait } from "./alsa-fifo.ts";

/**
 * Samples that arecord reads at once. If the FIFO holds less than a recorder requests (sox requests 8192), the file
 * plugin leaves the rest of the buffer unchanged: zeros, or sound that it read before.
 */
const PERIOD_SAMPLES = 2_000;
const PERIOD_MS = 125;

/**
 * A microphone for real recorder programs without a sound card: the ALSA device "feed" plays what is written to a FIFO.
 * Recorders need `env` in their environment. The FIFO stays open, so the device stalls instead of ending when nothing
 * is fed. While no recorder reads and the FIFO holds two seconds, feeding waits without blocking this process.
 */
export class AlsaFeed implements Disposable {
  readonly env: AlsaFifo["env"];
  readonly #fifo: AlsaFifo;
  readonly #closed = new AbortController();

  constructor() {
    requireProgram("arecord", "alsa-utils");
    this.#fifo = new AlsaFifo("feed", (fifo) => `file /dev/null; infile ${fifo}`);
    this.env = this.#fifo.env;
  }

  /** Feeds samples at the pace of a microphone and pads the last period with zeros. Resolves at their end. */
  async play(samples: Int16Array): Promise<void> {
    const periods = Math.ceil(samples.length / PERIOD_SAMPLES);
    const padded = new Int16Array(periods * PERIOD_SAMPLES);
    padded.set(samples);
    let period = this.#isTaken(padded, 0) ? 1 : 0;
    for await (const _ of setInterval(PERIOD_MS)) {
      if (period === periods || this.#closed.signal.aborted) return;
      if (this.#isTaken(padded, period)) period += 1;
    }
  }

  /** Feeds at most two seconds of samples at once, for recorders that request more than a period. */
  fill(samples: Int16Array): void {
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const taken = writeSync(this.#fifo.fd, bytes);
    if (taken < bytes.length) throw new Error(`the FIFO took ${taken} of ${bytes.length} bytes`);
  }

  /** Feeds one tone until `stop`. */
  async playForEver(): Promise<void> {
    const second = Int16Array.from({ length: 16_000 }, (_, i) => 8_000 * Math.sin(i / 5));
    while (!this.#closed.signal.aborted) await this.play(second);
  }

  /** Ends the feeding within a period. */
  stop(): void {
    this.#closed.abort();
  }

  [Symbol.dispose](): void {
    this.stop();
    this.#fifo[Symbol.dispose]();
  }

  /** False if the FIFO is full. A pipe accepts a write as small as a period entirely or not at all. */
  #isTaken(samples: Int16Array, period: number): boolean {
    const offset = period * PERIOD_SAMPLES * 2;
    try {
      writeSync(this.#fifo.fd, new Uint8Array(samples.buffer, offset, PERIOD_SAMPLES * 2));
      return true;
    } catch (error) {
      if (hasToWait(error)) return false;
      throw error;
    }
  }
}

export function requireProgram(program: string, packageName: string): void {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
  } catch (error) {
    throw new Error(`This test needs ${program}; install it: apt-get install ${packageName}`, {
      cause: error,
    });
  }
}
