import { toMs } from "../../audio/sample-time.ts";
import type { CleanupReport } from "../../lifetime/cleanup/cleanup-report.ts";
import type { RunEvent, ShutdownEvent } from "../../run/run-events.ts";
import { describeEvent } from "./event-lines.ts";
import { LiveBlock } from "./live-block.ts";
import type { Output } from "./output.ts";

const METER_WIDTH = 12;
/** Level shown as an empty meter; 0 dB full scale fills it. */
const METER_FLOOR_DB = -60;

/** Prints events as JSON lines, as plain lines, or, on a terminal, with live lines of level, text and state. */
export class EventPrinter {
  readonly #output: Output;
  readonly #live: LiveBlock | undefined;
  readonly #status: () => readonly string[];
  #partial = "";
  #meter = meter(new Float32Array(0));
  #heardSamples = 0;

  /** @param status more live lines */
  constructor(output: Output, status: () => readonly string[] = () => []) {
    this.#output = output;
    this.#status = status;
    const isLive = !output.json && process.stdout.isTTY;
    this.#live = isLive ? new LiveBlock(process.stdout) : undefined;
  }

  print(event: RunEvent): void {
    this.#partial = event.type === "partial" ? event.text : "";
    const line = this.#output.json ? "" : describeEvent(event);
    if (line === undefined) return;
    this.#live?.erase();
    this.#output.result(event, line);
  }

  /** The last event, after everything was released. */
  shutdown(report: CleanupReport): ShutdownEvent {
    const atMs = toMs(this.#heardSamples);
    return { type: "shutdown", atMs, report };
  }

  /** The audio as it is, its level shown on a live line as it passes. */
  async *metered(audio: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
    for await (const chunk of audio) {
      this.#meter = meter(chunk);
      this.redraw();
      this.#heardSamples += chunk.length;
      yield chunk;
    }
  }

  get isLive(): boolean {
    return this.#live !== undefined;
  }

  /** Shows on the live lines how things are now. */
  redraw(): void {
    this.#live?.draw(() => [`${this.#meter} ${this.#partial}`, ...this.#status()]);
  }
}

function meter(chunk: Float32Array): string {
  let energy = 0;
  for (const sample of chunk) energy += sample * sample;
  const levelDb = 10 * Math.log10(energy / Math.max(1, chunk.length) + 1e-12);
  const share = Math.min(1, Math.max(0, 1 - levelDb / METER_FLOOR_DB));
  const filled = Math.round(share * METER_WIDTH);
  return `[${"#".repeat(filled)}${" ".repeat(METER_WIDTH - filled)}]`;
}
