import { normalizeText, tokenize } from "../../grammar/text/tokenize.ts";
import type { Language } from "../../languages/language.ts";
import { countFeatures } from "../classifier/text-features.ts";

/** Buckets of hashed features; enough that few features collide. */
const BUCKETS = 30_000;

/** Per bucket that a text has: its value. */
type Features = ReadonlyMap<number, number>;

/** Phrases that must be rejected. */
export class Negatives {
  readonly #language: Language;
  readonly #minCosine: number;
  readonly #phrases: ReadonlySet<string>;
  readonly #features: readonly Features[];

  /** @param minCosine cosine of the features of a text and a phrase from which the text counts as near, 0 … 1 */
  constructor(phrases: readonly string[], language: Language, minCosine: number) {
    this.#language = language;
    this.#minCosine = minCosine;
    const byWords = new Map(phrases.map((text) => [this.#words(text), text]));
    this.#phrases = new Set(byWords.keys());
    this.#features = Array.from(byWords.values(), (text) => this.#featuresOf(text));
  }

  /** Whether the text is one of the phrases, word for word. */
  has(text: string): boolean {
    return this.#phrases.size > 0 && this.#phrases.has(this.#words(text));
  }

  /** Whether the text shares most words and parts of words with one of the phrases. */
  isNear(text: string): boolean {
    if (this.#features.length === 0) return false;
    const own = this.#featuresOf(text);
    return this.#features.some((other) => cosine(own, other) >= this.#minCosine);
  }

  #words(text: string): string {
    return tokenize(normalizeText(text), this.#language)
      .map(({ word }) => word)
      .join(" ");
  }

  #featuresOf(text: string): Features {
    const { buckets, values } = countFeatures(text, this.#language, BUCKETS);
    return new Map(Array.from(buckets, (bucket, i) => [bucket, values[i]!]));
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
