import { readSync } from "node:fs";
import { AlsaFifo, hasToWait } from "../audio/alsa-fifo.ts";

/** Five times as fast as mono PCM16 at 16 kHz is played. */
const PERIOD_BYTES = 3_200;
const PERIOD_MS = 20;

/**
 * A loudspeaker for real players without a sound card: ALSA's default device writes to a FIFO, from which sound is
 * taken, so that a player can get two seconds ahead at most. Set `env` for it.
 */
export class AlsaSpeaker implements Disposable {
  readonly env: AlsaFifo["env"];
  readonly #fifo = new AlsaFifo("!default", (fifo) => `file ${fifo}`);
  readonly #timer: NodeJS.Timeout;
  #playedBytes = 0;
  #isSilent = true;

  constructor() {
    this.env = this.#fifo.env;
    this.#timer = setInterval(() => this.#play(), PERIOD_MS);
  }

  get playedBytes(): number {
    return this.#playedBytes;
  }

  /** There is nothing more to be played now. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#fifo[Symbol.dispose]();
  }

  #play(): void {
    try {
      this.#playedBytes += readSync(this.#fifo.fd, new Uint8Array(PERIOD_BYTES));
      this.#isSilent = false;
    } catch (error) {
      if (!hasToWait(error)) throw error;
      this.#isSilent = true;
    }
  }
}
