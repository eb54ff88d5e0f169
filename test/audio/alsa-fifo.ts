import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** An ALSA device without a sound card: what is played to it, or recorded from it, goes through a FIFO. */
export class AlsaFifo implements Disposable {
  /** For the programs that shall use the device. */
  readonly env: { readonly ALSA_CONFIG_PATH: string; readonly AUDIODRIVER: string };
  /** Held open for both, so that the device never ends; neither end of it waits. */
  readonly fd: number;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "alsa-fifo-"));

  /** `files`: what the file plugin reads and writes, given the path of the FIFO. */
  constructor(device: string, files: (fifo: string) => string) {
    const fifo = path.join(this.#folder, "fifo");
    const config = path.join(this.#folder, "asound.conf");
    execFileSync("mkfifo", [fifo]);
    writeFileSync(
      config,
      `pcm.null { type null }
pcm.${device} { type file; slave.pcm null; ${files(fifo)}; format raw }\n`,
    );
    this.env = { ALSA_CONFIG_PATH: config, AUDIODRIVER: "alsa" };
    this.fd = openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK);
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
    rmSync(this.#folder, { recursive: true });
  }
}

/** Whether the FIFO is full, or empty, as no other reason stops a read or a write. */
export function hasToWait(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
