import type { Language } from "../../languages/language.ts";
import type { Native } from "../../workers/serve.ts";
import { crossValidate, type Calibration } from "../classifier/calibrate.ts";
import { type Guess, type Guesser, toGuesses } from "../classifier/guess.ts";
import { inverseFrequencies, weigh } from "../classifier/inverse-frequency.ts";
import { BUCKETS, type Example } from "../classifier/linear-classifier.ts";
import { countFeatures, type SparseVector } from "../classifier/text-features.ts";
import { type Separator, trainSeparator } from "../classifier/train-svm.ts";
import type { SentenceEncoder } from "./sentence-encoder.ts";

/** Length of an encoder's vector beside the words and the parts of words, which have a length of 1 each. */
const SHARE_OF_ENCODER = 2;

type Lines = { readonly labels: readonly string[]; readonly separators: readonly Separator[] };

/** Learns from the vectors of a user's encoder together with words and parts of words. */
export class EncodedIntents implements Guesser {
  readonly #language: Language;
  readonly #encoder: SentenceEncoder;
  readonly #frequencies: Float32Array;
  readonly #lines: Lines;
  readonly #calibration: Calibration;

  private constructor(
    language: Language,
    encoder: SentenceEncoder,
    frequencies: Float32Array,
    lines: Lines,
    calibration: Calibration,
  ) {
    this.#language = language;
    this.#encoder = encoder;
    this.#frequencies = frequencies;
    this.#lines = lines;
    this.#calibration = calibration;
  }

  /** Encodes every example: their number times one run of the encoder. @throws EarshotError MODEL_INVALID */
  static async train(
    examples: readonly Example[],
    language: Language,
    encoder: SentenceEncoder,
    native: Native,
  ): Promise<EncodedIntents> {
    const counts = examples.map(({ text }) => countFeatures(text, language, BUCKETS));
    const frequencies = inverseFrequencies(counts, BUCKETS);
    const vectors: SparseVector[] = [];
    for (const [i, { text }] of examples.entries()) {
      const counted = counts[i] ?? countFeatures(text, language, BUCKETS);
      vectors.push(joined(weigh(counted, frequencies), await encoder.encode(text, native)));
    }
    const fit = (chosen: readonly number[]): Lines => drawLines(examples, vectors, chosen);
    const calibration = crossValidate(examples, (chosen) => {
      const lines = fit(chosen);
      return { labels: lines.labels, scores: (i) => scoresOf(lines, vectors[i]) };
    });
    const lines = fit(examples.map((_, i) => i));
    return new EncodedIntents(language, encoder, frequencies, lines, calibration);
  }

  async guess(text: string, native: Native): Promise<Guess[]> {
    const counted = countFeatures(text, this.#language, BUCKETS);
    if (counted.buckets.length === 0) return [];
    const encoded = await this.#encoder.encode(text, native);
    const scores = scoresOf(this.#lines, joined(weigh(counted, this.#frequencies), encoded));
    return toGuesses(this.#lines.labels, scores, this.#calibration);
  }

  /** The encoder is its owner's. */
  async release(): Promise<void> {}
}

function joined({ buckets, values }: SparseVector, encoded: Float32Array): SparseVector {
  const all = {
    buckets: new Uint32Array(buckets.length + encoded.length),
    values: new Float32Array(buckets.length + encoded.length),
  };
  all.buckets.set(buckets);
  all.values.set(values);
  encoded.forEach((value, i) => {
    all.buckets[buckets.length + i] = BUCKETS + i;
    all.values[buckets.length + i] = SHARE_OF_ENCODER * value;
  });
  return all;
}

function drawLines(
  examples: readonly Example[],
  vectors: readonly SparseVector[],
  chosen: readonly number[],
): Lines {
  const labels = [...new Set(chosen.map((i) => examples[i]?.label ?? ""))].toSorted();
  const own = chosen.flatMap((i) => vectors[i] ?? []);
  const size =
    BUCKETS + Math.max(0, ...own.map(({ buckets }) => (buckets.at(-1) ?? 0) + 1 - BUCKETS));
  const separators = labels.map((label) =>
    trainSeparator(own, (k) => examples[chosen[k] ?? -1]?.label === label, size),
  );
  return { labels, separators };
}

function scoresOf({ separators }: Lines, vector: SparseVector | undefined): Float32Array {
  return Float32Array.from(separators, ({ weights, bias }) => {
    let sum = bias;
    vector?.buckets.forEach((bucket, i) => {
      sum += (weights[bucket] ?? 0) * (vector.values[i] ?? 0);
    });
    return sum;
  });
}
