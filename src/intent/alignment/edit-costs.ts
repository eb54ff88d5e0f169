import type { WordComparer } from "../words/word-comparer.ts";
import type { WordWeights } from "../words/word-weights.ts";
import { costOfSkip, type Edge, type Lattice } from "./lattice.ts";

/** What it costs to read one word as another, to pass over words, to leave words out. Infinity: never. */
export type EditCosts = {
  /** Per edge of the lattice and word of the automaton. */
  readonly substitution: readonly Float32Array[];
  /** Per word of the automaton: it was not said. */
  readonly deletion: Float32Array;
  /** Per token: it was said, but is no part of the sentence. */
  readonly insertion: Float32Array;
  /** Per node: nothing from here on is part of the sentence. */
  readonly skipToEnd: Float32Array;
  /** One word of a wildcard. */
  readonly anyWord: number;
};

/** One word of a wildcard, when all else is word for word, and when it is not: it explains nothing. */
const ANY_WORD = 0.1;
const ANY_WORD_FUZZY = 0.25;
/** Reading several words as one, or one as two. */
const RESPACING = 0.06;
/** A distance of one half makes a word nearly as dear as leaving it out. */
const STEEPNESS = 1.8;
/** One word without much meaning for another. */
const LIGHT_FOR_LIGHT = 0.24;
/** A word that the templates know was hardly another one, unless both sound alike. */
const KNOWN_WORD = 0.25;
const ALIKE = 0.06;
/** Adding or leaving out part of a number changes it, */
const NUMBER = 1.5;
/** and of one that the template does not take, no part makes another: "vingt six" is not 20; */
const OTHER_NUMBER = 4;
/** and only what is this near to a part of a number is taken for it. */
const NEAR_NUMBER = 0.2;
/** A preposition or article at the end: the rest was not heard. */
const DANGLING = 0.8;
/** The same, run together with the word before it: "lumière en" as "lumières". */
const DANGLING_JOINED = 0.3;
/** Words run together or fallen apart are not misheard as well, or hardly. */
const NEAR_RESPACED = 0.26;

/** Only what the templates say, word for word. */
export function exactCosts(lattice: Lattice, words: number): EditCosts {
  const { edges, tokens } = lattice;
  const insertion = new Float32Array(tokens.length).fill(Infinity);
  return {
    substitution: edges.map((edge) => {
      const costs = new Float32Array(words).fill(Infinity);
      if (edge.word >= 0) costs[edge.word] = 0;
      return costs;
    }),
    deletion: new Float32Array(words).fill(Infinity),
    insertion,
    skipToEnd: skipToEnd(lattice, insertion),
    anyWord: ANY_WORD,
  };
}

/** The words of an automaton, and how they compare with others. */
export type FuzzyWords = {
  readonly words: readonly string[];
  /** Indices of the words that numbers are made of. */
  readonly numbers: ReadonlySet<number>;
  /** Indices of the words without much meaning of their own. */
  readonly light: readonly number[];
  readonly comparer: WordComparer;
  readonly weights: WordWeights;
};

/** The words of an automaton that carry little meaning, by their indices. */
export function lightWords(words: readonly string[], weights: WordWeights): number[] {
  return words.flatMap((word, i) => (weights.isLight(word) ? [i] : []));
}

/** What was said may differ: words misheard, left out, added, run together. */
export function fuzzyCosts(lattice: Lattice, fuzzy: FuzzyWords): EditCosts {
  const { words, numbers, weights } = fuzzy;
  const { edges, tokens } = lattice;
  const deletion = Float32Array.from(words, (word, i) =>
    numbers.has(i) && !weights.isLight(word) ? NUMBER : weights.of(word),
  );
  const plain = new Map(
    edges.filter((edge) => !edge.respaced).map((edge) => [edge.firstToken, edge]),
  );
  const insertion = Float32Array.from(tokens, ({ word }, i) => {
    const known = plain.get(i)?.word ?? -1;
    const isNumber = numbers.has(known) || (numbers.size > 0 && weights.isNumber(word));
    if (isNumber && !weights.isLight(word)) {
      const isPart = [i - 1, i + 1].some((at) => weights.isNumber(tokens[at]?.word ?? ""));
      return known < 0 || isPart ? OTHER_NUMBER : NUMBER;
    }
    // Nothing follows what should lead on to something.
    if (i === tokens.length - 1 && weights.leadsOn(word)) return DANGLING;
    return weights.ofExtra(word);
  });
  const last = tokens.length - 1;
  const dangles = weights.leadsOn(tokens[last]?.word ?? "");
  return {
    substitution: edges.map((edge) => {
      const joinsLast = edge.parts !== undefined && edge.lastToken === last;
      return substitutions(edge, fuzzy, joinsLast && dangles ? DANGLING_JOINED : 0);
    }),
    deletion,
    insertion,
    skipToEnd: skipToEnd(lattice, insertion),
    anyWord: ANY_WORD_FUZZY,
  };
}

/** `more`: what any reading of the edge costs besides. */
function substitutions(edge: Edge, fuzzy: FuzzyWords, more: number): Float32Array {
  const { words, numbers, comparer, weights } = fuzzy;
  const heard = weights.of(edge.text);
  const isLight = weights.isLight(edge.text) && !edge.respaced;
  const extra = (edge.respaced ? RESPACING : 0) + more;
  const isKnown = edge.word >= 0 && !edge.respaced;
  const costs = new Float32Array(words.length).fill(Infinity);
  if (isLight) for (const i of fuzzy.light) costs[i] = LIGHT_FOR_LIGHT;
  const near = comparer.near(edge.text, edge.parts);
  near.words.forEach((i, at) => {
    const distance = near.distances[at] ?? Infinity;
    const word = words[i] ?? "";
    const alike = distance <= ALIKE;
    if (isLight && weights.isLight(word)) {
      costs[i] = Math.min(LIGHT_FOR_LIGHT, distance * STEEPNESS * heard);
      return;
    }
    if (edge.respaced && distance > NEAR_RESPACED) return;
    if (numbers.has(i) && !alike && (distance > NEAR_NUMBER || numbers.has(edge.word))) return;
    const penalty = extra + (isKnown && !alike ? KNOWN_WORD : 0);
    costs[i] = Math.min(distance * STEEPNESS, 1) * Math.max(weights.of(word), heard) + penalty;
  });
  if (edge.word >= 0) costs[edge.word] = extra;
  return costs;
}

function skipToEnd(
  { tokens, nodeOf, skips, last }: Lattice,
  insertion: Float32Array,
): Float32Array {
  const costs = new Float32Array(last + 1).fill(Infinity);
  costs[last] = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const node = nodeOf[i] ?? 0;
    for (const skip of skips[node] ?? []) {
      const passed = (costs[skip.to] ?? Infinity) + costOfSkip(skip, insertion);
      costs[node] = Math.min(costs[node] ?? Infinity, passed);
    }
  }
  return costs;
}
