import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** An ALSA device without a sound card. Sound played to it or recorded from it passes through a FIFO. */
export class AlsaFifo implements Disposable {
  /** Environment for the programs that use the device. */
  readonly env: { readonly ALSA_CONFIG_PATH: string; readonly AUDIODRIVER: string };
  /** Open for reading and writing without blocking, so that the device never ends. */
  readonly fd: number;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "alsa-fifo-"));

  /** @param files returns the files that the ALSA file plugin reads and writes, given the path of the FIFO */
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

/** Whether the error says that the FIFO is full or empty. */
export function hasToWait(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
