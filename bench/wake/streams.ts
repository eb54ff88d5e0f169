import { readFileSync } from "node:fs";
import path from "node:path";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { DATA, listFolder, readKitchen } from "../speech/recordings.ts";
import { mixedWithNoise, speechSpan } from "../vad/signals.ts";

/** Folders of wake-en, each with recordings of the word it is named after. */
export const WORDS = ["alexa", "computer", "jarvis"] as const;
export type Word = (typeof WORDS)[number];

const RATE_HZ = 16_000;
/** Noise before a phrase, on which the endpointer calibrates first. */
const LEAD_SECONDS = 3;
/** Noise after it, until the context sleeps again; `mixedWithNoise` adds 2 s of it. */
const REST_SECONDS = 8;
/** Ratio of the phrase to the kitchen noise around it, dB. */
const ROOM_SNR_DB = 40;
const CHUNK_SAMPLES = 480; // 30 ms

const HELD_OUT = path.resolve(import.meta.dirname, "../../training/held-out/wake-en.txt");

/** Which recordings of a phrase to use: those that training never saw, or the others. */
export type Part = "held-out" | "training";

/** Position of a phrase from the beginning of the stream. */
export type Place = { readonly startMs: number; readonly endMs: number };

/**
 * Recordings of the phrase in a kitchen, with a pause after each.
 *
 * @param onWord receives the position of a phrase before its audio
 */
export function wordStream(
  word: Word,
  { part, step }: { part: Part; step: number },
  onWord: (place: Place) => void,
): AsyncGenerator<Float32Array> {
  const heldOut = new Set(readFileSync(HELD_OUT, "utf8").split("\n"));
  const files = listFolder(`wake-en/${word}`)
    .filter((name) => heldOut.has(`${word}/${name}`) === (part === "held-out"))
    .filter((_, i) => i % step === 0);
  return inChunks(wordsInARoom(word, files, onWord));
}

async function* wordsInARoom(
  word: Word,
  files: readonly string[],
  onWord: (place: Place) => void,
): AsyncGenerator<Float32Array> {
  const room = await readKitchen();
  const rest = new Float32Array((REST_SECONDS - 2) * RATE_HZ);
  let at = 0;
  for (const [seed, name] of files.entries()) {
    const recorded = await readAudio(path.join(DATA, "wake-en", word, name));
    const speech = new Float32Array(recorded.length + rest.length);
    speech.set(recorded);
    const options = { snrDb: ROOM_SNR_DB, leadSeconds: LEAD_SECONDS, seed };
    const [startMs, endMs] = speechSpan(recorded).map(
      (sample) => ((at + sample) / RATE_HZ + LEAD_SECONDS) * 1000,
    ) as [number, number];
    onWord({ startMs, endMs });
    const samples = mixedWithNoise(speech, room, options);
    at += samples.length;
    yield samples;
  }
}

/** All recordings without the phrase, joined end to end. */
export function otherSpeech(word: Word, step: number): AsyncGenerator<Float32Array> {
  const folders = [
    ...WORDS.filter((other) => other !== word).map((other) => `wake-en/${other}`),
    "coffee-en/audio",
    "librispeech-unlabelled",
  ];
  const files = folders.flatMap((folder) =>
    listFolder(folder, step).map((name) => path.join(DATA, folder, name)),
  );
  return inChunks(recordingsOf(files));
}

async function* recordingsOf(files: readonly string[]): AsyncGenerator<Float32Array> {
  for (const file of files) yield await readAudio(file);
}

async function* inChunks(recordings: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
  for await (const samples of recordings) {
    for (let at = 0; at < samples.length; at += CHUNK_SAMPLES)
      yield samples.subarray(at, at + CHUNK_SAMPLES);
  }
}
