import type { WordComparer } from "../words/word-comparer.ts";
import type { WordWeights } from "../words/word-weights.ts";
import type { EditCosts } from "./alignment-table.ts";
import type { Lattice } from "./lattice.ts";

const IDLE = 0.02;
const ANY_WORD = 0.1;
/** Reading two words as one or one as two. */
const RESPACING = 0.06;
/** A distance of one half makes the word as dear as leaving it out. */
const STEEPNESS = 1.8;
/** One word without much meaning for another. */
const LIGHT_FOR_LIGHT = 0.3;

/** Only what the templates say, word for word. */
export function exactCosts(lattice: Lattice, words: number): EditCosts {
  const { edges, tokens, last } = lattice;
  const skipToEnd = new Float32Array(last + 1).fill(Infinity);
  skipToEnd[last] = 0;
  addIdleEndings(lattice, skipToEnd);
  return {
    substitution: (edge, word) =>
      edges[edge]?.word === word && !edges[edge].respaced ? 0 : Infinity,
    deletion: new Float32Array(words).fill(Infinity),
    insertion: new Float32Array(tokens.length).fill(Infinity),
    skipToEnd,
    idle: IDLE,
    anyWord: ANY_WORD,
  };
}

export type FuzzyWords = {
  readonly words: readonly string[];
  readonly comparer: WordComparer;
  readonly weights: WordWeights;
};

/** What was said may differ: words misheard, left out, added, run together. */
export function fuzzyCosts(lattice: Lattice, { words, comparer, weights }: FuzzyWords): EditCosts {
  const { edges, tokens, last, nodeOf } = lattice;
  const deletion = Float32Array.from(words, (word) => weights.of(word));
  const insertion = Float32Array.from(tokens, ({ word }) => weights.ofExtra(word));
  const skipToEnd = new Float32Array(last + 1).fill(Infinity);
  skipToEnd[last] = 0;
  for (let i = tokens.length - 1; i >= 0; i--)
    skipToEnd[nodeOf[i] ?? 0] = (skipToEnd[nodeOf[i + 1] ?? 0] ?? 0) + (insertion[i] ?? 0);
  addIdleEndings(lattice, skipToEnd);
  const perEdge = edges.map((edge) => {
    const distances = comparer.distances(edge.text);
    const heard = weights.of(edge.text);
    const isLight = weights.isLight(edge.text);
    const extra = edge.respaced ? RESPACING : 0;
    return Float32Array.from(distances, (distance, word) => {
      if (edge.word === word) return extra;
      const expected = deletion[word] ?? 1;
      if (isLight && expected <= LIGHT_FOR_LIGHT && !edge.respaced)
        return Math.min(LIGHT_FOR_LIGHT * 0.8, distance * STEEPNESS * expected);
      return (
        Math.min(distance * STEEPNESS, 1) * Math.max(expected, heard) +
        (distance > MAX ? Infinity : extra)
      );
    });
  });
  return {
    substitution: (edge, word) => perEdge[edge]?.[word] ?? Infinity,
    deletion,
    insertion,
    skipToEnd,
    idle: IDLE,
    anyWord: ANY_WORD,
  };
}

const MAX = 1;

/** Phrases without meaning may also end a sentence. */
function addIdleEndings({ skips, last }: Lattice, skipToEnd: Float32Array): void {
  for (let node = last; node >= 0; node--)
    for (const skip of skips[node] ?? [])
      if (skip.idle)
        skipToEnd[node] = Math.min(
          skipToEnd[node] ?? Infinity,
          (skipToEnd[skip.to] ?? Infinity) + IDLE,
        );
}
