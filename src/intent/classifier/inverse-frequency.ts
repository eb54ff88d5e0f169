import { type SparseVector, wordBuckets } from "./text-features.ts";

/** Weight of every bucket, higher for rare features: ln((1 + n) / (1 + texts that have it)) + 1. */
export function inverseFrequencies(texts: readonly SparseVector[], buckets: number): Float32Array {
  const seen = new Uint32Array(buckets);
  for (const { buckets: found } of texts)
    for (const bucket of found) seen[bucket] = seen[bucket]! + 1;
  return Float32Array.from(seen, (n) => Math.log((1 + texts.length) / (1 + n)) + 1);
}

/** Weighs the features; words and parts of words get length 1 each, so that neither outweighs the other. */
export function weigh({ buckets, values }: SparseVector, weights: Float32Array): SparseVector {
  const weighed = Float32Array.from(values, (value, i) => value * weights[buckets[i]!]!);
  const firstPart = wordBuckets(weights.length);
  let [ofWords, ofParts] = [0, 0];
  buckets.forEach((bucket, i) => {
    const square = weighed[i]! ** 2;
    if (bucket < firstPart) ofWords += square;
    else ofParts += square;
  });
  const [words, parts] = [Math.sqrt(ofWords) || 1, Math.sqrt(ofParts) || 1];
  return {
    buckets,
    values: weighed.map((value, i) => value / (buckets[i]! < firstPart ? words : parts)),
  };
}
