import type { Language } from "../../languages/language.ts";
import { inverseFrequencies, weigh } from "./inverse-frequency.ts";
import { countFeatures, type SparseVector } from "./text-features.ts";
import { type Separator, trainSeparator } from "./train-svm.ts";

/** A phrase and the class that it belongs to. */
export type Example = { readonly text: string; readonly label: string };

/** Buckets of hashed features: 30 intents in int8 stay below 1 MB. */
export const BUCKETS = 30_000;

/** A linear separator per label, one against all others, quantized for a graph. */
export type LinearClassifier = {
  readonly language: Language;
  readonly labels: readonly string[];
  readonly buckets: number;
  /** Per bucket: the inverse document frequency of its features, 0 … 255 in units of `frequencyScale`. */
  readonly frequencies: Uint8Array;
  readonly frequencyScale: number;
  /** [buckets, labels], −127 … 127 in units of the label's `scales`. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
};

/** Trains on phrases of two labels or more. */
export function trainClassifier(
  examples: readonly Example[],
  language: Language,
  buckets: number = BUCKETS,
): LinearClassifier {
  const counts = examples.map(({ text }) => countFeatures(text, language, buckets));
  return trainOn(
    counts,
    examples.map(({ label }) => label),
    language,
    buckets,
  );
}

/** Trains on features that have been counted. @param labelOf the label of every vector */
export function trainOn(
  counts: readonly SparseVector[],
  labelOf: readonly string[],
  language: Language,
  buckets: number,
): LinearClassifier {
  const exact = inverseFrequencies(counts, buckets);
  const frequencyScale = Math.max(...exact) / 255;
  const frequencies = Uint8Array.from(exact, (value) => Math.round(value / frequencyScale));
  const rounded = Float32Array.from(frequencies, (value) => value * frequencyScale);
  const vectors = counts.map((vector) => weigh(vector, rounded));
  const labels = [...new Set(labelOf)].toSorted();
  const weights = new Int8Array(buckets * labels.length);
  const scales = new Float32Array(labels.length);
  const biases = new Float32Array(labels.length);
  labels.forEach((label, column) => {
    const separator = trainSeparator(vectors, (i) => labelOf[i] === label, buckets);
    scales[column] = store(separator, column, labels.length, weights);
    biases[column] = separator.bias;
  });
  return { language, labels, buckets, frequencies, frequencyScale, weights, scales, biases };
}

/** Rounds the weights of one label into its column and returns their unit. */
function store(separator: Separator, column: number, columns: number, into: Int8Array): number {
  const largest = separator.weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0);
  const unit = largest / 127 || 1;
  separator.weights.forEach((weight, bucket) => {
    if (weight !== 0) into[bucket * columns + column] = Math.round(weight / unit);
  });
  return unit;
}

/** Computes the scores of the graph without a runtime, for training. */
export class Scorer {
  readonly #classifier: LinearClassifier;
  readonly #frequencies: Float32Array;

  constructor(classifier: LinearClassifier) {
    const { frequencies, frequencyScale } = classifier;
    this.#classifier = classifier;
    this.#frequencies = Float32Array.from(frequencies, (value) => value * frequencyScale);
  }

  /** The score of every label, above 0 on its side of the separator. */
  scores(counted: SparseVector): Float32Array {
    const { weights, scales, biases } = this.#classifier;
    const { buckets, values } = weigh(counted, this.#frequencies);
    const sums = new Float32Array(scales.length);
    buckets.forEach((bucket, i) => {
      const row = bucket * sums.length;
      for (let k = 0; k < sums.length; k++) sums[k] = sums[k]! + values[i]! * weights[row + k]!;
    });
    return sums.map((sum, k) => sum * scales[k]! + biases[k]!);
  }
}
