import type { Native } from "../../workers/serve.ts";
import type { ExampleSettings } from "../settings/example-settings.ts";
import type { Calibration } from "./calibrate.ts";

/** A label that a phrase may have. */
export type Prediction = {
  readonly label: string;
  /** 0 … 1; `confidenceAtMinScore` of the settings at the lowest accepted score. */
  readonly confidence: number;
};

/** What has learnt from phrases, and labels others. */
export type PhraseClassifier = {
  /** All labels, the best first; none for a text without words. */
  predict(text: string, native: Native): Promise<Prediction[]>;
  /** Frees its native resources; call it once, with no prediction under way. */
  release(native: Native): Promise<void>;
};

/** Turns scores into confidences, the best first. @param scores per label: how far a phrase is on its side of the line */
export function toPredictions(
  labels: readonly string[],
  scores: Float32Array,
  { minScore }: Calibration,
  { scoreWeight, confidenceAtMinScore }: ExampleSettings,
): Prediction[] {
  return labels
    .map((label, i) => {
      const above = scoreWeight * (scores[i]! - minScore);
      return { label, confidence: 1 / (1 + (1 / confidenceAtMinScore - 1) * Math.exp(-above)) };
    })
    .toSorted((a, b) => b.confidence - a.confidence);
}
