import { readFileSync } from "node:fs";
import path from "node:path";
import { normalizeText, tokenize } from "../../src/grammar/text/tokenize.ts";
import type { SpeechToText } from "../../src/stt/speech-to-text.ts";
import { wordEdits } from "../word-edits.ts";
import { DATA, readFolder } from "./recordings.ts";

export type ReadAloud = {
  readonly recordings: number;
  readonly words: number;
  /** Word error rate: replaced, inserted and deleted words per word read; may exceed 1. */
  readonly wordErrorRate: number;
  readonly realTimeFactor: number;
};

/** Dictation of a novel without templates, which the model is not made for. */
export async function transcribeReadAloud(stt: SpeechToText, step: number): Promise<ReadAloud> {
  const lines = readFileSync(path.join(DATA, "read-en", "transcripts.txt"), "utf8").trim();
  const texts = new Map(lines.split("\n").map((line) => splitAt(line, line.indexOf(" "))));
  const recordings = await readFolder("read-en", step);
  let [edits, words, audioS, tookS] = [0, 0, 0, 0];
  for (const { name, samples } of recordings) {
    const begun = performance.now();
    const { text } = await stt.transcribe(samples);
    tookS += (performance.now() - begun) / 1000;
    audioS += samples.length / 16_000;
    const read = wordsOf(texts.get(path.parse(name).name) ?? "");
    edits += wordEdits(read, wordsOf(text));
    words += read.length;
  }
  const [wordErrorRate, realTimeFactor] = [edits / words, tookS / audioS];
  return { recordings: recordings.length, words, wordErrorRate, realTimeFactor };
}

function splitAt(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}

function wordsOf(text: string): string[] {
  return tokenize(normalizeText(text.toLowerCase()), "en").map(({ word }) => word);
}
