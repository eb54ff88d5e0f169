import type { Understanding } from "../grammar/understanding.ts";
import type { Language } from "../languages/language.ts";

/** A word and when it was said, in milliseconds from the beginning of the audio. */
export type TimedWord = {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
};

/** Free speech, written down. */
export type Transcript = {
  /** Empty when nothing was said. */
  readonly text: string;
  readonly words: readonly TimedWord[];
  /** 0…1: how well the words explain the sound. */
  readonly confidence: number;
  readonly language: Language;
  readonly audioMs: number;
};

/** Speech decoded straight through sentence templates. */
export type Recognition = Understanding & {
  /** Of the best sentence, also when it was rejected. */
  readonly words: readonly TimedWord[];
  readonly audioMs: number;
  /** From the call to its answer, waiting included. */
  readonly tookMs: number;
};
