import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readAudio } from "../../src/audio/formats/read-audio.ts";

/** Development recordings, beside the repository. */
export const DATA: string = path.resolve(import.meta.dirname, "../../../shared/data");

export type Recording = { readonly name: string; readonly samples: Float32Array };

type Slots = Readonly<Record<string, string>>;

/** Frame over which the benchmark of the recordings measures levels, samples. */
const FRAME_SAMPLES = 2048;

/** Length of a mix of several readers, samples. */
const VOICES_SAMPLES = 30 * 16_000;

export function hasRecordings(): boolean {
  return existsSync(path.join(DATA, "coffee-en", "labels.json"));
}

/** The labelled slots of each recording of coffee-en. */
export function coffeeLabels(): ReadonlyMap<string, Slots> {
  const text = readFileSync(path.join(DATA, "coffee-en", "labels.json"), "utf8");
  const labels = JSON.parse(text) as Record<string, { slots: Slots }>;
  const trimmed = (slots: Slots): Slots =>
    Object.fromEntries(Object.entries(slots).map(([name, value]) => [name, value.trim()]));
  return new Map(Object.entries(labels).map(([name, { slots }]) => [name, trimmed(slots)]));
}

/** Names of every `step`th recording of a folder and its subfolders, sorted. */
export function listFolder(folder: string, step = 1): string[] {
  return readdirSync(path.join(DATA, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:flac|ogg)$/.test(name))
    .toSorted()
    .filter((_, i) => i % step === 0);
}

/** Every `step`th recording of a folder, by name. */
export async function readFolder(folder: string, step = 1): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for (const name of listFolder(folder, step))
    recordings.push({ name, samples: await readAudio(path.join(DATA, folder, name)) });
  return recordings;
}

/** Kitchen noise alone, in pieces as long as a command. */
export async function kitchenPieces(): Promise<Recording[]> {
  const noise = await readKitchen();
  const length = 3.5 * 16_000;
  return Array.from({ length: Math.floor(noise.length / length) }, (_, i) => ({
    name: `kitchen ${i}`,
    samples: noise.slice(i * length, (i + 1) * length),
  }));
}

export function readKitchen(): Promise<Float32Array> {
  return readAudio(path.join(DATA, "noise", "kitchen.flac"));
}

/**
 * Half a minute of several people reading at once, equally loud, from recordings of librispeech-unlabelled; the model
 * was trained on parts of them. Samples may exceed ±1; `inNoise` scales them.
 */
export async function readVoices(people: number): Promise<Float32Array> {
  const sum = new Float32Array(VOICES_SAMPLES);
  const names = listFolder("librispeech-unlabelled");
  for (let person = 0; person < people; person++) {
    let at = 0;
    for (let i = person; at < sum.length; i += people) {
      const samples = await readAudio(path.join(DATA, "librispeech-unlabelled", names[i]!));
      const gain = Math.sqrt(samples.length / samples.reduce((total, x) => total + x * x, 0));
      samples.subarray(0, sum.length - at).forEach((x, k) => (sum[at + k]! += gain * x));
      at += samples.length;
    }
  }
  return sum;
}

/** Adds noise from a random position, scaled by the loudest frames of both. The same seed gives the same result. */
export function inNoise(
  recordings: readonly Recording[],
  noise: Float32Array,
  snrDb: number,
  seed: number,
): Recording[] {
  const random = mulberry32(seed);
  return recordings.map(({ name, samples }) => {
    const at = Math.floor(random() * (noise.length - samples.length));
    const piece = noise.subarray(at, at + samples.length);
    const ratio = loudestFrame(samples) / (loudestFrame(piece) * 10 ** (snrDb / 10));
    const gain = Math.sqrt(ratio);
    return { name, samples: samples.map((sample, i) => sample + gain * piece[i]!) };
  });
}

function loudestFrame(samples: Float32Array): number {
  let loudest = 0;
  for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
    let energy = 0;
    for (let i = at; i < at + FRAME_SAMPLES; i++) energy += samples[i]! ** 2;
    loudest = Math.max(loudest, energy);
  }
  return loudest;
}

/** Reproducible random numbers in 0…1. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
