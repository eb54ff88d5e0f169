import type { Understanding } from "../grammar/understanding.ts";
import type { Language } from "../languages/language.ts";

/** A word and its time, ms from the beginning of the audio. */
export type TimedWord = {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
};

/** A transcript of free speech. */
export type Transcript = {
  /** Empty without speech. */
  readonly text: string;
  readonly words: readonly TimedWord[];
  /** Estimated share of the words that is right, 0…1. */
  readonly confidence: number;
  readonly language: Language;
  readonly audioMs: number;
};

/** The result of decoding speech through templates. */
export type Recognition = Understanding & {
  /** Words of the best hypothesis, also if it was rejected. */
  readonly words: readonly TimedWord[];
  readonly audioMs: number;
  /** Time from the call to its answer, waiting included. */
  readonly tookMs: number;
};
