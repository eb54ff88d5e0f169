import { SAMPLE_RATE_HZ } from "../audio/pcm.ts";
import type { CleanupReport } from "../context/cleanup-report.ts";
import type { ListenEvent } from "../orchestrator/events.ts";
import { describeUnderstanding, type Output } from "./output.ts";

/** The last line of `earshot run`: how everything was let go. */
export type ShutdownEvent = {
  readonly type: "shutdown";
  /** As in every event: how much audio was heard, ms. */
  readonly atMs: number;
  readonly report: CleanupReport;
};

const METER_WIDTH = 12;
/** Level shown as an empty meter; 0 dB full scale fills it. */
const METER_FLOOR_DB = -60;

/** Prints events as JSON lines, as plain lines, or, on a terminal, with a live line of level and text. */
export class EventPrinter {
  readonly #output: Output;
  readonly #isLive: boolean;
  #partial = "";
  #heardSamples = 0;

  constructor(output: Output) {
    this.#output = output;
    this.#isLive = !output.json && process.stdout.isTTY;
  }

  print(event: ListenEvent | ShutdownEvent): void {
    this.#partial = event.type === "partial" ? event.text : "";
    const line = this.#output.json ? "" : describeEvent(event);
    if (line === undefined) return;
    if (this.#isLive) process.stdout.write("\r\u001B[K");
    this.#output.result(event, line);
  }

  /** What tells of the end, once everything was let go. */
  shutdown(report: CleanupReport): ShutdownEvent {
    const atMs = Math.round((this.#heardSamples / SAMPLE_RATE_HZ) * 1000);
    return { type: "shutdown", atMs, report };
  }

  /** The audio as it is, its level shown on the live line as it passes. */
  async *metered(audio: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
    for await (const chunk of audio) {
      if (this.#isLive) process.stdout.write(`\r\u001B[K${meter(chunk)} ${this.#partial}`);
      this.#heardSamples += chunk.length;
      yield chunk;
    }
  }
}

/** Undefined: nothing that a person needs a line for. */
function describeEvent(event: ListenEvent | ShutdownEvent): string | undefined {
  switch (event.type) {
    case "ready":
      return "listening; Ctrl+C ends";
    case "intent":
      return describeUnderstanding(event);
    case "wake":
      return `awake: ${event.text}`;
    case "ignored":
      return `ignored: ${event.reason.replaceAll("-", " ")}`;
    case "error":
      return `failed: ${event.message}`;
    case "shutdown":
      return describeReport(event.report);
    case "final": // the intent, or why there is none, tells more
    case "partial":
    case "speech-start":
    case "speech-end":
      return undefined;
  }
}

function describeReport({ entries, durationMs, reason, ok }: CleanupReport): string {
  const head = `let go of ${entries.length} things in ${Math.round(durationMs)} ms (${reason})`;
  if (ok) return head;
  const bad = entries.filter(({ outcome }) => outcome !== "done");
  return [head, ...bad.map((e) => `  ${e.name}: ${e.outcome}`)].join("\n");
}

function meter(chunk: Float32Array): string {
  let energy = 0;
  for (const sample of chunk) energy += sample * sample;
  const levelDb = 10 * Math.log10(energy / Math.max(1, chunk.length) + 1e-12);
  const share = Math.min(1, Math.max(0, 1 - levelDb / METER_FLOOR_DB));
  const filled = Math.round(share * METER_WIDTH);
  return `[${"#".repeat(filled)}${" ".repeat(METER_WIDTH - filled)}]`;
}
