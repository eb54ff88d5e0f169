import { normalizeText, tokenize } from "../../grammar/text/tokenize.ts";
import type { Language } from "../../languages/language.ts";

/** A text as a sparse vector: strictly ascending buckets, and the value in each. */
export type SparseVector = { readonly buckets: Uint32Array; readonly values: Float32Array };

/** Characters in a row that count as a feature of their own, at least and at most. */
const SHORTEST = 2;
const LONGEST = 5;
/** Buckets are divided between words and parts of words: a part cannot be taken for a word. */
const SHARE_OF_WORDS = 1 / 4;
/** Longer texts are cut: they are no commands. */
const MOST_WORDS = 100;

/**
 * Counts the words, pairs of words and parts of words of a text by hash (FNV-1a). How often a feature occurs is
 * damped: 1 + ln n.
 */
export function countFeatures(text: string, language: Language, buckets: number): SparseVector {
  const words = tokenize(normalizeText(text), language)
    .slice(0, MOST_WORDS)
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
      for (let at = from; at < Math.min(padded.length, from + LONGEST); at++) {
        code = Math.imul(code ^ padded.charCodeAt(at), FNV_PRIME);
        if (at - from + 1 >= SHORTEST) count(ofWords + (mix(code) % (buckets - ofWords)));
      }
    }
  });
  const sorted = [...counts].toSorted(([a], [b]) => a - b);
  return {
    buckets: Uint32Array.from(sorted, ([bucket]) => bucket),
    values: Float32Array.from(sorted, ([, n]) => 1 + Math.log(n)),
  };
}

/** How many of the buckets, the first ones, are of words and pairs of words. */
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

/** The low bits of FNV are not mixed well. */
function mix(code: number): number {
  let x = code ^ (code >>> 15);
  x = Math.imul(x, 0x85ebca6b);
  return (x ^ (x >>> 13)) >>> 0;
}
