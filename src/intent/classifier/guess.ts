import type { Native } from "../../workers/serve.ts";
import type { Calibration } from "./calibrate.ts";

/** What a phrase most likely means. */
export type Guess = {
  readonly label: string;
  /** 0 … 1; 0.35 where a phrase of an intent is as likely to be rejected as the calibration allows. */
  readonly confidence: number;
};

/** Something that has learnt from phrases. */
export type Guesser = {
  /** Best first. */
  guess(text: string, native: Native): Promise<Guess[]>;
  release(native: Native): Promise<void>;
};

/** Confidence at the least score; the default of `fuzzyThreshold`. */
const AT_LEAST_SCORE = 0.35;
const STEEPNESS = 4;

/** The labels by how far a phrase is on their side, best first. */
export function toGuesses(
  labels: readonly string[],
  scores: Float32Array,
  { leastScore }: Calibration,
): Guess[] {
  return labels
    .map((label, i) => {
      const above = STEEPNESS * ((scores[i] ?? -Infinity) - leastScore);
      return { label, confidence: 1 / (1 + (1 / AT_LEAST_SCORE - 1) * Math.exp(-above)) };
    })
    .toSorted((a, b) => b.confidence - a.confidence);
}
