import { readFileSync } from "node:fs";
import path from "node:path";
import { readAudio } from "../../src/audio/read-audio.ts";
import { DATA, listFolder } from "../speech/recordings.ts";
import { mixedWithNoise, speechSpan } from "../vad/signals.ts";

/** Folders of wake-en, each with recordings of its name. */
export const WORDS = ["alexa", "computer", "jarvis"] as const;
export type Word = (typeof WORDS)[number];

const RATE_HZ = 16_000;
/** The room before a word, from which the noise floor is learnt; `mixedWithNoise` adds 2 s after it. */
const LEAD_SECONDS = 3;
/** Where nobody speaks it is never quite silent: a kitchen, this far below the word. */
const ROOM_SNR_DB = 40;
const CHUNK_SAMPLES = 480; // 30 ms

const HELD_OUT = path.resolve(import.meta.dirname, "../../training/held-out/wake-en.txt");

export type Stream = {
  readonly audio: AsyncIterable<Float32Array>;
  /** Where the word in it ends, ms. */
  readonly wordEndMs: number;
};

/** Which recordings of a word: those that training never saw, or the others. */
export type Part = "held-out" | "training";

/** Recordings of the word, each in a room of its own. */
export async function* wordStreams(
  word: Word,
  { part, step, room }: { part: Part; step: number; room: Float32Array },
): AsyncGenerator<Stream> {
  const heldOut = new Set(readFileSync(HELD_OUT, "utf8").split("\n"));
  const files = listFolder(`wake-en/${word}`)
    .filter((name) => heldOut.has(`${word}/${name}`) === (part === "held-out"))
    .filter((_, i) => i % step === 0);
  for (const [seed, name] of files.entries()) {
    const speech = await readAudio(path.join(DATA, "wake-en", word, name));
    const samples = mixedWithNoise(speech, room, {
      snrDb: ROOM_SNR_DB,
      leadSeconds: LEAD_SECONDS,
      seed,
    });
    const wordEndMs = LEAD_SECONDS * 1000 + speechSpan(speech)[1] / (RATE_HZ / 1000);
    yield { audio: inChunks([samples]), wordEndMs };
  }
}

/** All recordings in which the word is not said, joined end to end. */
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

async function* inChunks(
  recordings: Iterable<Float32Array> | AsyncIterable<Float32Array>,
): AsyncGenerator<Float32Array> {
  for await (const samples of recordings) {
    for (let at = 0; at < samples.length; at += CHUNK_SAMPLES)
      yield samples.subarray(at, at + CHUNK_SAMPLES);
  }
}
