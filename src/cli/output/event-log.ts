import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import { toJson } from "./output.ts";

/**
 * Appends events to a JSON-lines file, each written before the next is handled. Each line has the time and the id
 * of this run, so that with the utterance's id it belongs to one utterance alone. The file is open only while it is
 * written, so that the shutdown event, which comes after everything was released, is in it too, and so that it may be
 * moved away to begin another. What cannot be written is lost and counted; the next line that can says how much.
 */
export class EventLog {
  readonly #file: string;
  readonly #run = randomUUID().slice(0, 8);
  #written = 0;
  #lost = 0;
  #lostSinceLine = 0;

  /** @throws EarshotError CONFIG_INVALID when the file cannot be opened */
  constructor(file: string) {
    this.#file = file;
    this.#append("", "CONFIG_INVALID"); // before listening begins
  }

  get status(): { readonly file: string; readonly written: number; readonly lost: number } {
    return { file: this.#file, written: this.#written, lost: this.#lost };
  }

  /** @throws EarshotError LOG_FAILED when it cannot be written, the first time in a row */
  write(event: object): void {
    const head = { time: new Date().toISOString(), run: this.#run };
    const gap = { type: "log-gap", lost: this.#lostSinceLine };
    const lines = this.#lostSinceLine > 0 ? [{ ...head, ...gap }] : [];
    try {
      const text = [...lines, { ...head, ...event }].map((line) => `${toJson(line)}\n`).join("");
      this.#append(text, "LOG_FAILED");
      this.#written++;
      this.#lostSinceLine = 0;
    } catch (error) {
      this.#lost++;
      this.#lostSinceLine++;
      if (this.#lostSinceLine === 1) throw error;
    }
  }

  #append(text: string, code: EarshotErrorCode): void {
    try {
      appendFileSync(this.#file, text, { mode: 0o600 });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new EarshotError(code, `--log ${this.#file} cannot be written: ${why}`, { cause });
    }
  }
}
