import { execFileSync } from "node:child_process";
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Five times as fast as mono PCM16 at 16 kHz is played. */
const PERIOD_BYTES = 3_200;
const PERIOD_MS = 20;

/**
 * A loudspeaker for real players without a sound card: ALSA's default device writes to a FIFO, from which sound is
 * taken, so that a player can get two seconds ahead at most. Set `env` for it.
 */
export class AlsaSpeaker implements Disposable {
  readonly env: { readonly ALSA_CONFIG_PATH: string; readonly AUDIODRIVER: string };
  readonly #folder = mkdtempSync(path.join(tmpdir(), "alsa-speaker-"));
  readonly #fifo: number;
  readonly #timer: NodeJS.Timeout;
  #playedBytes = 0;
  #isSilent = true;

  constructor() {
    const fifo = path.join(this.#folder, "fifo");
    const config = path.join(this.#folder, "asound.conf");
    execFileSync("mkfifo", [fifo]);
    writeFileSync(
      config,
      `pcm.null { type null }
pcm.!default { type file; slave.pcm null; file ${fifo}; format raw }\n`,
    );
    this.env = { ALSA_CONFIG_PATH: config, AUDIODRIVER: "alsa" };
    this.#fifo = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
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
    closeSync(this.#fifo);
    rmSync(this.#folder, { recursive: true });
  }

  #play(): void {
    try {
      this.#playedBytes += readSync(this.#fifo, new Uint8Array(PERIOD_BYTES));
      this.#isSilent = false;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      this.#isSilent = true;
    }
  }
}
