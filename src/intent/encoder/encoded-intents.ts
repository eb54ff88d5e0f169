import type { Language } from "../../languages/language.ts";
import type { Native } from "../../workers/serve.ts";
import { crossValidate, type Calibration } from "../classifier/calibrate.ts";
import { inverseFrequencies, weigh } from "../classifier/inverse-frequency.ts";
import { BUCKETS, type Example } from "../classifier/linear-classifier.ts";
import { type PhraseClassifier, type Prediction, toPredictions } from "../classifier/prediction.ts";
import { countFeatures, type SparseVector } from "../classifier/text-features.ts";
import { type Separator, trainSeparator } from "../classifier/train-svm.ts";
import type { ExampleSettings } from "../settings/example-settings.ts";
import type { SentenceEncoder } from "./sentence-encoder.ts";

type Separators = { readonly labels: readonly string[]; readonly separators: readonly Separator[] };

/** A classifier over the vectors of a user's encoder, joined with words and parts of words. */
export class EncodedIntents implements PhraseClassifier {
  readonly #language: Language;
  readonly #encoder: SentenceEncoder;
  readonly #frequencies: Float32Array;
  readonly #fitted: Separators;
  readonly #calibration: Calibration;
  readonly #settings: ExampleSettings;

  private constructor(
    language: Language,
    encoder: SentenceEncoder,
    frequencies: Float32Array,
    fitted: Separators,
    calibration: Calibration,
    settings: ExampleSettings,
  ) {
    this.#language = language;
    this.#encoder = encoder;
    this.#frequencies = frequencies;
    this.#fitted = fitted;
    this.#calibration = calibration;
    this.#settings = settings;
  }

  /** Trains on the examples; runs the encoder once for each. @throws EarshotError MODEL_INVALID */
  static async train(
    examples: readonly Example[],
    language: Language,
    settings: ExampleSettings,
    encoder: SentenceEncoder,
    native: Native,
  ): Promise<EncodedIntents> {
    const counts = examples.map(({ text }) => countFeatures(text, language, BUCKETS));
    const frequencies = inverseFrequencies(counts, BUCKETS);
    const vectors: SparseVector[] = [];
    for (const [i, { text }] of examples.entries()) {
      const encoded = await encoder.encode(text, native);
      vectors.push(joined(weigh(counts[i]!, frequencies), encoded, settings));
    }
    const fit = (chosen: readonly number[]): Separators =>
      trainSeparators(examples, vectors, chosen);
    const calibration = crossValidate(examples, settings, (chosen) => {
      const fitted = fit(chosen);
      return { labels: fitted.labels, scores: (i) => scoresOf(fitted, vectors[i]!) };
    });
    const fitted = fit(examples.map((_, i) => i));
    return new EncodedIntents(language, encoder, frequencies, fitted, calibration, settings);
  }

  async predict(text: string, native: Native): Promise<Prediction[]> {
    const counted = countFeatures(text, this.#language, BUCKETS);
    if (counted.buckets.length === 0) return [];
    const encoded = await this.#encoder.encode(text, native);
    const vector = joined(weigh(counted, this.#frequencies), encoded, this.#settings);
    const scores = scoresOf(this.#fitted, vector);
    return toPredictions(this.#fitted.labels, scores, this.#calibration, this.#settings);
  }

  /** Frees nothing: the encoder is its owner's. */
  async release(): Promise<void> {}
}

/** Appends the vector of an encoder to the features of a text. */
function joined(
  { buckets, values }: SparseVector,
  encoded: Float32Array,
  { encoderLength }: ExampleSettings,
): SparseVector {
  const all = {
    buckets: new Uint32Array(buckets.length + encoded.length),
    values: new Float32Array(buckets.length + encoded.length),
  };
  all.buckets.set(buckets);
  all.values.set(values);
  encoded.forEach((value, i) => {
    all.buckets[buckets.length + i] = BUCKETS + i;
    all.values[buckets.length + i] = encoderLength * value;
  });
  return all;
}

function trainSeparators(
  examples: readonly Example[],
  vectors: readonly SparseVector[],
  chosen: readonly number[],
): Separators {
  const labels = [...new Set(chosen.map((i) => examples[i]!.label))].toSorted();
  const own = chosen.map((i) => vectors[i]!);
  const size =
    BUCKETS + Math.max(0, ...own.map(({ buckets }) => (buckets.at(-1) ?? 0) + 1 - BUCKETS));
  const separators = labels.map((label) =>
    trainSeparator(own, (k) => examples[chosen[k]!]!.label === label, size),
  );
  return { labels, separators };
}

function scoresOf({ separators }: Separators, vector: SparseVector): Float32Array {
  return Float32Array.from(separators, ({ weights, bias }) => {
    let sum = bias;
    vector.buckets.forEach((bucket, i) => {
      sum += weights[bucket]! * vector.values[i]!;
    });
    return sum;
  });
}
