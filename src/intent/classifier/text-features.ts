import { normalizeText, tokenize } from "../../grammar/text/tokenize.ts";
import type { Language } from "../../languages/language.ts";

/** A text as a sparse vector: buckets in strictly ascending order, and the value of each. */
export type SparseVector = { readonly buckets: Uint32Array; readonly values: Float32Array };

/** Lengths of the character n-grams of a word. */
const MIN_PART_LETTERS = 2;
const MAX_PART_LETTERS = 5;
/** Share of the buckets for words and word pairs; parts of words have the others, so that the two never collide. */
const SHARE_OF_WORDS = 1 / 4;
/** Bounds the words that count: longer texts are no commands. */
const MAX_WORDS = 100;

/**
 * Counts the words, word pairs and character n-grams of a text, hashed into buckets (FNV-1a). A feature that occurs n
 * times has the value 1 + ln n.
 */
export function countFeatures(text: string, language: Language, buckets: number): SparseVector {
  const words = tokenize(normalizeText(text), language)
    .slice(0, MAX_WORDS)
    .map(({ word }) => word);
  const counts = new Map<number, number>();
  const ofWords = wordBuckets(buckets);
  const count = (bucket: number): void => {
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  };
  words.forEach((word, i) => {
    count(hash(word) % ofWords);
    const next = words[i + 1];
    if (next !== undefined) count(hash(`${word} ${next}`) % ofWords);
    const padded = ` ${word} `;
    for (let from = 0; from < padded.length; from++) {
      let code = FNV_OFFSET;
      for (let at = from; at < Math.min(padded.length, from + MAX_PART_LETTERS); at++) {
        code = Math.imul(code ^ padded.charCodeAt(at), FNV_PRIME);
        if (at - from + 1 >= MIN_PART_LETTERS) count(ofWords + (mix(code) % (buckets - ofWords)));
      }
    }
  });
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  return {
    buckets: Uint32Array.from(sorted, ([bucket]) => bucket),
    values: Float32Array.from(sorted, ([, n]) => 1 + Math.log(n)),
  };
}

/** Number of buckets for words and word pairs, which come first. */
export function wordBuckets(buckets: number): number {
  return Math.floor(buckets * SHARE_OF_WORDS);
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function hash(text: string): number {
  let code = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) code = Math.imul(code ^ text.charCodeAt(i), FNV_PRIME);
  return mix(code);
}

/** Mixes the bits, since the low ones of FNV are weak (finalizer of MurmurHash3, shortened). */
function mix(code: number): number {
  let x = code ^ (code >>> 15);
  x = Math.imul(x, 0x85ebca6b);
  return (x ^ (x >>> 13)) >>> 0;
}
