/**
 * The wake phrase of a live run: how many of the recordings that training never saw are heard, how often other speech
 * wakes it, after how long, and at what cost. Through `VoiceContext.listen`, as `earshot run --wake` has it. Run:
 *
 *     npm run bench -- wake [--step 4] [--others 4] [--model FOLDER] [--training]
 *
 * --step N: every Nth recording; --others N: of the other speech alone; --training: the two thirds that training has
 * heard, to tune the decision by.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { VoiceContext } from "../src/context/voice-context.ts";
import type { ListenEvent } from "../src/context/events.ts";
import { DATA, hasRecordings } from "./speech/recordings.ts";
import { median, percentile } from "./statistics.ts";
import {
  otherSpeech,
  type Part,
  type Place,
  type Word,
  WORDS,
  wordStream,
} from "./wake/streams.ts";

const RESULTS = path.resolve(import.meta.dirname, "results/wake.json");
/** The commands that may follow the phrase. Some of the other speech contains them without the phrase. */
const INTENTS = path.join(DATA, "coffee-en", "intents.yaml");
const MIN_RECOGNISED_SHARE = 0.9;
const MAX_FALSE_PER_HOUR = 1;

type Heard = {
  readonly recordings: number;
  readonly waitedMs: number[];
  readonly tookMs: number[];
};
type FalseWakes = {
  readonly hours: number;
  readonly falseWakes: string[];
  readonly seconds: number;
};
type Row = ReturnType<typeof toRow>;

if (hasRecordings()) await main();
else console.error(`SKIPPED: there are no recordings in ${DATA}; nothing was measured.`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      step: { type: "string", default: "1" },
      model: { type: "string", default: "embedded" },
      others: { type: "string" },
      training: { type: "boolean", default: false },
    },
  });
  const step = Number(values.step);
  const others = Number(values.others ?? values.step);
  const part: Part = values.training ? "training" : "held-out";
  const model = values.model === "embedded" ? values.model : path.resolve(values.model);
  const name = path.basename(model);
  console.log(
    `Node ${process.version}; model ${name}; ${part} recordings, 1 in ${step}; other speech, 1 in ${others}`,
  );
  console.log("phrase      n   heard   false   hours an hour  waited ms  recognition ms     RTF");
  await using ctx = await VoiceContext.start({ language: "en", model, intents: INTENTS });
  const rows: Row[] = [];
  for (const word of WORDS) {
    const heard = await hear(ctx, word, { part, step });
    const row = toRow(word, heard, await mishear(ctx, word, others));
    rows.push(row);
    print(row);
  }
  const heardShare = sum(rows, (row) => row.heard) / sum(rows, (row) => row.recordings);
  const anHour = sum(rows, (row) => row.falseWakes.length) / sum(rows, (row) => row.hours);
  console.log(
    `all: ${percent(heardShare)} heard (goal ≥ ${percent(MIN_RECOGNISED_SHARE)}), ` +
      `${anHour.toFixed(2)} false wakes an hour (goal ≤ ${MAX_FALSE_PER_HOUR})`,
  );
  for (const { phrase, falseWakes } of rows)
    for (const text of falseWakes) console.log(`${phrase} taken for it: ${text}`);
  save(`${name}, ${part}`, { node: process.version, step, others, rows });
}

/** Counts the recordings of the phrase that wake it, one after another. */
async function hear(
  ctx: VoiceContext,
  word: Word,
  options: { part: Part; step: number },
): Promise<Heard> {
  const places: Place[] = [];
  const waitedMs = new Map<number, number>();
  const tookMs: number[] = [];
  let took = 0;
  const audio = wordStream(word, options, (place) => places.push(place));
  for await (const event of ctx.listen(audio, { wake: word })) {
    if (event.type === "final") took = event.tookMs;
    if (event.type !== "wake") continue;
    const last = places.findLastIndex(({ startMs }) => startMs <= event.atMs);
    waitedMs.set(last, event.atMs - (places[last]?.endMs ?? 0));
    tookMs.push(took);
  }
  return { recordings: places.length, waitedMs: [...waitedMs.values()], tookMs };
}

/** Counts false wakes in speech without the phrase. */
async function mishear(ctx: VoiceContext, word: Word, step: number): Promise<FalseWakes> {
  const falseWakes: string[] = [];
  let samples = 0;
  async function* counted(): AsyncGenerator<Float32Array> {
    for await (const chunk of otherSpeech(word, step)) {
      samples += chunk.length;
      yield chunk;
    }
  }
  const startedMs = performance.now();
  const events: AsyncIterable<ListenEvent> = ctx.listen(counted(), { wake: word });
  for await (const event of events)
    if (event.type === "wake") falseWakes.push(`"${event.text}" at ${event.atMs / 1000} s`);
  const seconds = (performance.now() - startedMs) / 1000;
  return { hours: samples / 16_000 / 3600, falseWakes, seconds };
}

function toRow(phrase: Word, heard: Heard, { hours, falseWakes, seconds }: FalseWakes) {
  return {
    phrase,
    recordings: heard.recordings,
    heard: heard.waitedMs.length,
    falseWakes,
    hours,
    // From the end of the phrase to the end of the silence that ends an utterance.
    waitedMs: inMs(heard.waitedMs),
    // The recognition after that. A live run recognises during the silence; here audio arrives as fast as it is read.
    recognitionMs: inMs(heard.tookMs),
    realTimeFactor: seconds / (hours * 3600),
  };
}

function inMs(values: readonly number[]): { readonly p50: number; readonly p95: number } {
  return { p50: Math.round(median(values)), p95: Math.round(percentile(values, 0.95)) };
}

function print(row: Row): void {
  const { phrase, recordings, heard, falseWakes, hours, waitedMs, recognitionMs } = row;
  console.log(
    [
      phrase.padEnd(9),
      String(recordings).padStart(3),
      percent(heard / recordings),
      String(falseWakes.length).padStart(7),
      hours.toFixed(2).padStart(7),
      (falseWakes.length / hours).toFixed(2).padStart(7),
      `${waitedMs.p50}/${waitedMs.p95}`.padStart(10),
      `${recognitionMs.p50}/${recognitionMs.p95}`.padStart(15),
      row.realTimeFactor.toFixed(3).padStart(7),
    ].join(" "),
  );
}

/** Updates the results and keeps those of other models. */
function save(key: string, results: object): void {
  const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as object) : {};
  mkdirSync(path.dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, JSON.stringify({ ...before, [key]: results }, null, 2));
}

function sum(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`.padStart(7);
}
