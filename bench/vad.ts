/**
 * How well the endpointer finds commands in a kitchen: recordings of people with kitchen noise around and under
 * them, and noises without any speech. Run: npm run bench -- vad
 */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { Endpointer, type EndpointerEvent } from "../src/audio/endpointing/endpointer.ts";
import type { EndpointerOptions } from "../src/audio/endpointing/endpointer-options.ts";
import { readAudio } from "../src/audio/formats/read-audio.ts";
import { mixedWithNoise, noises, speechSpan } from "./vad/signals.ts";

const DATA = path.resolve(import.meta.dirname, "../../shared/data");
const CHUNK_SAMPLES = 1_600;
const LEAD_SECONDS = 3;

type Heard = { event: Extract<EndpointerEvent, { type: "speech-end" }>; decidedAtSample: number };

if (!existsSync(DATA)) {
  console.log(`No development recordings at ${DATA}: the bench of the endpointer is left out.`);
} else {
  await main();
}

async function main(): Promise<void> {
  const kitchen = await readAudio(path.join(DATA, "noise/kitchen.flac"));
  await benchCommands(kitchen);
  benchNoises(kitchen);
}

async function benchCommands(kitchen: Float32Array): Promise<void> {
  const folder = path.join(DATA, "coffee-en/audio");
  const files = readdirSync(folder).filter((name) => name.endsWith(".flac"));
  const recordings = await Promise.all(files.map((name) => readAudio(path.join(folder, name))));
  console.log(`${files.length} recorded commands, each in ${LEAD_SECONDS + 2} s of kitchen noise`);
  console.log(
    "SNR    whole  found  split  false  clipped start/end  decided after ms p50/p95  frames hit/false",
  );
  for (const snrDb of [Infinity, 24, 12, 6]) console.log(rowOf(recordings, kitchen, snrDb));
}

function rowOf(recordings: readonly Float32Array[], kitchen: Float32Array, snrDb: number): string {
  const count = { whole: 0, found: 0, split: 0, falseAlarms: 0, start: 0, end: 0 };
  const frames = { speech: 0, hit: 0, noise: 0, false: 0 };
  const delaysMs: number[] = [];
  for (const [i, speech] of recordings.entries()) {
    const stream = mixedWithNoise(speech, kitchen, { snrDb, leadSeconds: LEAD_SECONDS, seed: i });
    const lead = LEAD_SECONDS * 16_000;
    const span = speechSpan(speech);
    const [from, to] = [lead + span[0], lead + span[1]];
    const heard = listen(stream);
    const own = heard.filter((h) => startOf(h) < to && endOf(h) > from);
    count.falseAlarms += heard.length - own.length;
    if (own.length > 1) count.split++;
    if (own.length > 0) count.found++;
    const [first, last] = [own[0], own.at(-1)];
    if (first && last) {
      const cutStart = startOf(first) > from + 800;
      const cutEnd = endOf(last) < to - 800;
      if (cutStart) count.start++;
      if (cutEnd) count.end++;
      if (!cutStart && !cutEnd && own.length === 1) count.whole++;
      delaysMs.push((last.decidedAtSample - to) / 16);
    }
    for (let at = 0; at < stream.length; at += 320) {
      const isSpeech = at >= from && at < to;
      const isHeard = heard.some((h) => at >= startOf(h) && at < h.event.atSample);
      if (isSpeech) frames.speech++;
      else frames.noise++;
      if (isHeard && isSpeech) frames.hit++;
      if (isHeard && !isSpeech) frames.false++;
    }
  }
  const share = (n: number): string =>
    `${((100 * n) / recordings.length).toFixed(1)} %`.padStart(7);
  delaysMs.sort((a, b) => a - b);
  const quantile = (q: number): string =>
    (delaysMs[Math.floor(q * delaysMs.length)] ?? 0).toFixed(0);
  const framesText = `${((100 * frames.hit) / frames.speech).toFixed(1)} % / ${((100 * frames.false) / frames.noise).toFixed(1)} %`;
  return [
    (snrDb === Infinity ? "clean" : `${snrDb} dB`).padEnd(5),
    share(count.whole),
    share(count.found),
    share(count.split),
    share(count.falseAlarms),
    share(count.start),
    share(count.end),
    `   ${quantile(0.5)} / ${quantile(0.95)}   `,
    framesText,
  ].join("");
}

function benchNoises(kitchen: Float32Array): void {
  console.log("\nWithout speech: utterances an hour");
  for (const [name, samples] of noises(kitchen)) {
    const started = performance.now();
    const heard = listen(samples);
    const seconds = samples.length / 16_000;
    const factor = (performance.now() - started) / 1_000 / seconds;
    const perHour = (heard.length * 3_600) / seconds;
    console.log(
      `${name.padEnd(24)} ${perHour.toFixed(0).padStart(5)}   (${seconds.toFixed(0)} s, real-time factor ${factor.toFixed(4)})`,
    );
  }
}

function listen(stream: Float32Array, options: EndpointerOptions = {}): Heard[] {
  const endpointer = new Endpointer({ ...options, normalize: false });
  const heard: Heard[] = [];
  const take = (events: EndpointerEvent[], decidedAtSample: number): void => {
    for (const event of events)
      if (event.type === "speech-end") heard.push({ event, decidedAtSample });
  };
  for (let at = 0; at < stream.length; at += CHUNK_SAMPLES) {
    take(
      endpointer.push(stream.subarray(at, at + CHUNK_SAMPLES)),
      Math.min(at + CHUNK_SAMPLES, stream.length),
    );
  }
  take(endpointer.flush(), stream.length);
  return heard;
}

function startOf({ event }: Heard): number {
  return event.startSample;
}

function endOf({ event }: Heard): number {
  return event.startSample + event.samples.length;
}
