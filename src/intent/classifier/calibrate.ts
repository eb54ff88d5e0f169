import { BUCKETS, type Example, Scorer, trainOn } from "./linear-classifier.ts";
import { countFeatures } from "./text-features.ts";
import type { Language } from "../../languages/language.ts";

/** What an intent must reach to be believed, and how well it does on phrases that it was not trained on. */
export type Calibration = {
  /** The score below which a phrase belongs to no intent. */
  readonly leastScore: number;
  /** Share of held-out phrases that got their own label; −1 when there were too few to tell. */
  readonly accuracy: number;
};

const FOLDS = 3;
/** Of the phrases of an intent, as many as this may be rejected, so that strangers are. */
const REJECTED = 0.05;
/** Too few phrases to learn from; found on public sets of sentences. */
const USUAL: Calibration = { leastScore: -0.35, accuracy: -1 };
const FEWEST_PER_LABEL = 3;

/** Trains on two thirds of the phrases at a time and looks how the last third scores. */
export function calibrate(
  examples: readonly Example[],
  language: Language,
  buckets: number = BUCKETS,
): Calibration {
  const counts = examples.map(({ text }) => countFeatures(text, language, buckets));
  return crossValidate(examples, (chosen) => {
    const classifier = trainOn(
      chosen.flatMap((i) => counts[i] ?? []),
      chosen.map((i) => examples[i]?.label ?? ""),
      language,
      buckets,
    );
    const scorer = new Scorer(classifier);
    return {
      labels: classifier.labels,
      scores: (i) => scorer.scores(counts[i] ?? countFeatures("", language, buckets)),
    };
  });
}

/** What was learnt from some of the examples, and how it scores another. */
export type Fitted = {
  readonly labels: readonly string[];
  readonly scores: (example: number) => Float32Array;
};

/** @param fit learns from the examples with these indices */
export function crossValidate(
  examples: readonly Example[],
  fit: (chosen: readonly number[]) => Fitted,
): Calibration {
  const fold = foldOf(examples);
  const perLabel = new Map<string, number>();
  for (const { label } of examples) perLabel.set(label, (perLabel.get(label) ?? 0) + 1);
  if (Math.min(...perLabel.values()) < FEWEST_PER_LABEL) return USUAL;
  const indices = examples.map((_, i) => i);
  const scores: number[] = [];
  for (let held = 0; held < FOLDS; held++) {
    const fitted = fit(indices.filter((i) => fold[i] !== held));
    for (const i of indices) {
      if (fold[i] !== held) continue;
      const all = fitted.scores(i);
      const best = all.indexOf(Math.max(...all));
      if (fitted.labels[best] === examples[i]?.label) scores.push(all[best] ?? 0);
    }
  }
  const sorted = scores.toSorted((a, b) => a - b);
  const leastScore = sorted[Math.floor(sorted.length * REJECTED)] ?? USUAL.leastScore;
  return { leastScore, accuracy: scores.length / examples.length };
}

/** Every label's phrases are dealt out evenly. */
function foldOf(examples: readonly Example[]): number[] {
  const seen = new Map<string, number>();
  return examples.map(({ label }) => {
    const count = seen.get(label) ?? 0;
    seen.set(label, count + 1);
    return count % FOLDS;
  });
}
