import { normalizeText, tokenize } from "../../grammar/text/tokenize.ts";
import type { Language } from "../../languages/language.ts";
import { countFeatures } from "../classifier/text-features.ts";

/** Texts this near to a negative (cosine of their words and parts of words) are as good as the same. */
const NEAR = 0.8;
const BUCKETS = 30_000;

type Features = ReadonlyMap<number, number>;

/** Sentences that must be rejected. */
export class Negatives {
  readonly #language: Language;
  readonly #sentences: ReadonlySet<string>;
  readonly #features: readonly Features[];

  constructor(sentences: readonly string[], language: Language) {
    this.#language = language;
    this.#sentences = new Set(sentences.map((text) => this.#words(text)));
    this.#features = sentences.map((text) => this.#featuresOf(text));
  }

  /** Whether the text is one of them, word for word. */
  has(text: string): boolean {
    return this.#sentences.size > 0 && this.#sentences.has(this.#words(text));
  }

  /** Whether the text is nearly one of them. */
  isNear(text: string): boolean {
    if (this.#features.length === 0) return false;
    const own = this.#featuresOf(text);
    return this.#features.some((other) => cosine(own, other) >= NEAR);
  }

  #words(text: string): string {
    return tokenize(normalizeText(text), this.#language)
      .map(({ word }) => word)
      .join(" ");
  }

  #featuresOf(text: string): Features {
    const { buckets, values } = countFeatures(text, this.#language, BUCKETS);
    return new Map(Array.from(buckets, (bucket, i) => [bucket, values[i] ?? 0]));
  }
}

function cosine(a: Features, b: Features): number {
  let dot = 0;
  for (const [bucket, value] of a) dot += value * (b.get(bucket) ?? 0);
  return dot / (length(a) * length(b) || 1);
}

function length(features: Features): number {
  return Math.sqrt([...features.values()].reduce((sum, value) => sum + value * value, 0));
}
