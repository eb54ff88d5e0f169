import { BUCKETS, type Example, Scorer, trainOn } from "./linear-classifier.ts";
import { countFeatures } from "./text-features.ts";
import type { ExampleSettings } from "../settings/example-settings.ts";
import type { Language } from "../../languages/language.ts";

/** How the classifier of some examples does on phrases that it was not trained on. */
export type Calibration = {
  /** The score below which a phrase belongs to no intent. */
  readonly minScore: number;
  /** Share of held-out phrases that got their own label, 0 … 1; −1 if there were too few phrases to tell. */
  readonly accuracy: number;
};

const FOLDS = 3;
/** Every fold needs one phrase of each label. */
const MIN_PER_LABEL = FOLDS;

/** Trains on two thirds of the phrases at a time and scores the last third. */
export function calibrate(
  examples: readonly Example[],
  language: Language,
  settings: ExampleSettings,
  buckets: number = BUCKETS,
): Calibration {
  const counts = examples.map(({ text }) => countFeatures(text, language, buckets));
  return crossValidate(examples, settings, (chosen) => {
    const classifier = trainOn(
      chosen.map((i) => counts[i]!),
      chosen.map((i) => examples[i]!.label),
      language,
      buckets,
    );
    const scorer = new Scorer(classifier);
    return {
      labels: classifier.labels,
      scores: (i) => scorer.scores(counts[i]!),
    };
  });
}

/** A classifier of some of the examples. */
export type Fitted = {
  readonly labels: readonly string[];
  /** Per label: the score of the example with this index. */
  readonly scores: (example: number) => Float32Array;
};

/** Calibrates any classifier over three folds. @param fit learns from the examples with these indices */
export function crossValidate(
  examples: readonly Example[],
  { rejectedShare, defaultMinScore }: ExampleSettings,
  fit: (chosen: readonly number[]) => Fitted,
): Calibration {
  const fold = foldOf(examples);
  const perLabel = new Map<string, number>();
  for (const { label } of examples) perLabel.set(label, (perLabel.get(label) ?? 0) + 1);
  if (Math.min(...perLabel.values()) < MIN_PER_LABEL)
    return { minScore: defaultMinScore, accuracy: -1 };
  const indices = examples.map((_, i) => i);
  const scores: number[] = [];
  for (let held = 0; held < FOLDS; held++) {
    const fitted = fit(indices.filter((i) => fold[i] !== held));
    for (const i of indices) {
      if (fold[i] !== held) continue;
      const all = fitted.scores(i);
      const best = all.indexOf(Math.max(...all));
      if (fitted.labels[best] === examples[i]!.label) scores.push(all[best]!);
    }
  }
  const sorted = scores.toSorted((a, b) => a - b);
  const minScore = sorted[Math.floor(sorted.length * rejectedShare)] ?? defaultMinScore;
  return { minScore, accuracy: scores.length / examples.length };
}

/** Per example: its fold. Every label's phrases are dealt out evenly. */
function foldOf(examples: readonly Example[]): number[] {
  const seen = new Map<string, number>();
  return examples.map(({ label }) => {
    const count = seen.get(label) ?? 0;
    seen.set(label, count + 1);
    return count % FOLDS;
  });
}
