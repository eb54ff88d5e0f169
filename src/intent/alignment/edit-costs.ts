import type { AlignmentSettings } from "../settings/alignment-settings.ts";
import type { WordComparer } from "../words/word-comparer.ts";
import type { WordWeights } from "../words/word-weights.ts";
import { costOfSkip, type Edge, type Lattice } from "./lattice.ts";

/** What it costs to read a word as another, to pass over words and to leave words out; Infinity forbids it. */
export type EditCosts = {
  /** Per edge of the lattice and word of the automaton: the edge is read as the word. */
  readonly substitution: readonly Float32Array[];
  /** Per word of the automaton: the text lacks it. */
  readonly deletion: Float32Array;
  /** Per token: the template lacks it. */
  readonly insertion: Float32Array;
  /** Per node: the template lacks everything from here on. */
  readonly skipToEnd: Float32Array;
  /** For every word that a wildcard takes. */
  readonly wildcard: number;
};

/**
 * Costs that admit a text word for word, apart from skip phrases.
 * @param words how many words the automaton has
 */
export function exactCosts(
  lattice: Lattice,
  words: number,
  { wildcardCost }: AlignmentSettings,
): EditCosts {
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
    wildcard: wildcardCost,
  };
}

/** The words of an automaton, how they compare with others, and what differences cost. */
export type FuzzyWords = {
  readonly words: readonly string[];
  /** Indices of the words that numbers are made of. */
  readonly numbers: ReadonlySet<number>;
  /** Indices of the light words. */
  readonly light: readonly number[];
  readonly comparer: WordComparer;
  readonly weights: WordWeights;
  readonly settings: AlignmentSettings;
};

/** Indices of the light words of an automaton. */
export function lightWords(words: readonly string[], weights: WordWeights): number[] {
  return words.flatMap((word, i) => (weights.isLight(word) ? [i] : []));
}

/** Costs of words that are misheard, left out, added or run together. */
export function fuzzyCosts(lattice: Lattice, fuzzy: FuzzyWords): EditCosts {
  const { words, numbers, weights, settings } = fuzzy;
  const { edges, tokens } = lattice;
  const deletion = Float32Array.from(words, (word, i) =>
    numbers.has(i) && !weights.isLight(word) ? settings.numberCost : weights.of(word),
  );
  const plain = new Map(
    edges.filter((edge) => !edge.respaced).map((edge) => [edge.firstToken, edge]),
  );
  const insertion = Float32Array.from(tokens, ({ word }, i) => {
    const known = plain.get(i)?.word ?? -1;
    const isNumber = numbers.has(known) || (numbers.size > 0 && weights.isNumber(word));
    if (isNumber && !weights.isLight(word)) {
      const isPart = [i - 1, i + 1].some((at) => weights.isNumber(tokens[at]?.word ?? ""));
      // Half of another number is no number of the template: "vingt six" is not 20.
      return known < 0 || isPart ? settings.partOfNumberCost : settings.numberCost;
    }
    // The rest of the text was not heard: nothing follows an article or preposition.
    if (i === tokens.length - 1 && weights.leadsOn(word)) return settings.danglingCost;
    return weights.ofExtra(word);
  });
  const last = tokens.length - 1;
  const dangles = weights.leadsOn(tokens[last]?.word ?? "");
  return {
    substitution: edges.map((edge) => {
      const joinsLast = edge.parts !== undefined && edge.lastToken === last;
      return substitutions(edge, fuzzy, joinsLast && dangles ? settings.joinedDanglingCost : 0);
    }),
    deletion,
    insertion,
    skipToEnd: skipToEnd(lattice, insertion),
    wildcard: settings.fuzzyWildcardCost,
  };
}

/** @param more cost of the edge, added whatever it is read as */
function substitutions(edge: Edge, fuzzy: FuzzyWords, more: number): Float32Array {
  const { words, numbers, comparer, weights, settings } = fuzzy;
  const { lightForLightCost, distanceFactor, maxAlikeDistance, maxNumberDistance } = settings;
  const heard = weights.of(edge.text);
  const isLight = weights.isLight(edge.text) && !edge.respaced;
  const extra = (edge.respaced ? settings.respacingCost : 0) + more;
  const isKnown = edge.word >= 0 && !edge.respaced;
  const costs = new Float32Array(words.length).fill(Infinity);
  if (isLight) for (const i of fuzzy.light) costs[i] = lightForLightCost;
  const near = comparer.near(edge.text, edge.parts);
  near.words.forEach((i, at) => {
    const distance = near.distances[at]!;
    const word = words[i]!;
    const alike = distance <= maxAlikeDistance;
    if (isLight && weights.isLight(word)) {
      costs[i] = Math.min(lightForLightCost, distance * distanceFactor * heard);
      return;
    }
    if (edge.respaced && distance > settings.maxRespacedDistance) return;
    const isFarNumber = distance > maxNumberDistance || numbers.has(edge.word);
    if (numbers.has(i) && !alike && isFarNumber) return;
    const penalty = extra + (isKnown && !alike ? settings.knownWordCost : 0);
    costs[i] = Math.min(distance * distanceFactor, 1) * Math.max(weights.of(word), heard) + penalty;
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
    const node = nodeOf[i]!;
    for (const skip of skips[node]!) {
      const passed = costs[skip.to]! + costOfSkip(skip, insertion);
      costs[node] = Math.min(costs[node]!, passed);
    }
  }
  return costs;
}
