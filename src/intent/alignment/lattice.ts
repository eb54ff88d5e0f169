import type { Language } from "../../languages/language.ts";
import { normalizeText, type Token, tokenize } from "../../grammar/text/tokenize.ts";
import type { WordComparer } from "../words/word-comparer.ts";
import type { IdlePhrase } from "./idle-phrase.ts";

/** A word, or a few run together, or a part of one, between two nodes of the lattice. */
export type Edge = {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Index in the automaton's words; −1: unknown to it. */
  readonly word: number;
  /** Tokens covered: `firstToken` up to and including `lastToken`. */
  readonly firstToken: number;
  readonly lastToken: number;
  /** Made by joining or splitting tokens. */
  readonly respaced: boolean;
  /** The words that were joined; absent for a word as it stands, and for a part of one. */
  readonly parts?: readonly string[];
};

/** A way to pass over words: from one node to another. */
export type Skip = {
  readonly from: number;
  readonly to: number;
  readonly token: number;
  /** Of words that mean nothing ("please"); undefined: what `token` costs as a word too many. */
  readonly cost: number | undefined;
};

/** What a skip costs; `insertion`: what each token costs as a word too many. */
export function costOfSkip({ cost, token }: Skip, insertion: Float32Array): number {
  return cost ?? insertion[token] ?? Infinity;
}

/** The readings of a sentence as words, on nodes 0 … `last` in order. */
export type Lattice = {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly last: number;
  readonly edges: readonly Edge[];
  /** Per node: the edges that leave it, one word each of any reading. */
  readonly out: readonly (readonly number[])[];
  /** Per node: the edges that are exactly one token. */
  readonly plain: readonly (readonly number[])[];
  readonly skips: readonly (readonly Skip[])[];
  /** Per token: the node where it begins. */
  readonly nodeOf: readonly number[];
};

type Vocabulary = ReadonlyMap<string, number>;

export type LatticeOptions = {
  readonly language: Language;
  readonly vocabulary: Vocabulary;
  /** Phrases without meaning. */
  readonly skipPhrases: readonly IdlePhrase[];
  /** With it joined and split words are read, too, and misspelt phrases without meaning. */
  readonly comparer: WordComparer | undefined;
};

const MAX_RESPACED_LETTERS = 24;
/** So many words may be heard where one was said: "café tu hier" for "cafetière". */
const MOST_JOINED = 3;

export function buildLattice(text: string, options: LatticeOptions): Lattice {
  return new LatticeBuilder(text, options).build();
}

class LatticeBuilder {
  readonly #text: string;
  readonly #options: LatticeOptions;
  readonly #tokens: Token[];
  readonly #edges: Edge[] = [];
  readonly #nodeOf: number[] = [];
  #nodes = 0;

  constructor(text: string, options: LatticeOptions) {
    this.#text = normalizeText(text);
    this.#options = options;
    this.#tokens = splitPossessives(tokenize(this.#text, options.language), options.vocabulary);
  }

  build(): Lattice {
    const tokens = this.#tokens;
    const splits = tokens.map((token) =>
      this.#options.comparer ? this.#splitsOf(token.word) : [],
    );
    for (const split of splits) {
      this.#nodeOf.push(this.#nodes);
      this.#nodes += 1 + split.length;
    }
    this.#nodeOf.push(this.#nodes);
    tokens.forEach((token, i) => {
      this.#addEdge(this.#node(i), this.#node(i + 1), token.word, i, i, false);
      (splits[i] ?? []).forEach(([head, tail], k) => {
        const middle = this.#node(i) + 1 + k;
        this.#addEdge(this.#node(i), middle, head, i, i, true);
        this.#addEdge(middle, this.#node(i + 1), tail, i, i, true);
      });
      for (let count = 2; count <= MOST_JOINED; count++) this.#join(i, count);
    });
    const byNode = (keep: (edge: Edge) => boolean): number[][] => {
      const lists: number[][] = Array.from({ length: this.#nodes + 1 }, () => []);
      this.#edges.forEach((edge, i) => keep(edge) && lists[edge.from]?.push(i));
      return lists;
    };
    return {
      text: this.#text,
      tokens,
      last: this.#nodes,
      edges: this.#edges,
      out: byNode(() => true),
      plain: byNode((edge) => !edge.respaced),
      skips: this.#skips(),
      nodeOf: this.#nodeOf,
    };
  }

  #node(token: number): number {
    return this.#nodeOf[token] ?? 0;
  }

  #addEdge(
    from: number,
    to: number,
    text: string,
    first: number,
    last: number,
    respaced: boolean,
    parts?: readonly string[],
  ): void {
    const word = this.#options.vocabulary.get(text) ?? -1;
    const edge = { from, to, text, word, firstToken: first, lastToken: last, respaced };
    this.#edges.push(parts ? { ...edge, parts } : edge);
  }

  /** Some words heard where one was said. */
  #join(first: number, count: number): void {
    const { comparer } = this.#options;
    const end = first + count;
    if (!comparer || end > this.#tokens.length) return;
    const parts = this.#tokens.slice(first, end).map(({ word }) => word);
    const joined = parts.join("").replace(/'/g, "");
    if (joined.length > MAX_RESPACED_LETTERS) return;
    if (comparer.near(joined, parts).words.length === 0) return;
    this.#addEdge(this.#node(first), this.#node(end), joined, first, end - 1, true, parts);
  }

  /** One word heard where two were said; only readings of which both are known words. */
  #splitsOf(word: string): [string, string][] {
    const { vocabulary } = this.#options;
    if (vocabulary.has(word) || word.length > MAX_RESPACED_LETTERS) return [];
    const splits: [string, string][] = [];
    for (let at = 1; at < word.length; at++) {
      const [head, tail] = [word.slice(0, at), word.slice(at)];
      if (!vocabulary.has(tail)) continue;
      if (vocabulary.has(head)) splits.push([head, tail]);
      else if (vocabulary.has(`${head}'`)) splits.push([`${head}'`, tail]);
    }
    return splits;
  }

  #skips(): Skip[][] {
    const { skipPhrases, comparer, vocabulary } = this.#options;
    const skips: Skip[][] = Array.from({ length: this.#nodes + 1 }, () => []);
    this.#tokens.forEach((_, token) => {
      const from = this.#node(token);
      skips[from]?.push({ from, to: this.#node(token + 1), token, cost: undefined });
      for (const phrase of skipPhrases) {
        const ends = comparer
          ? phrase.endsNearly(this.#tokens, token, vocabulary)
          : phrase.endsExactly(this.#tokens, token);
        for (const { end, cost } of ends)
          skips[from]?.push({ from, to: this.#node(end), token, cost });
      }
    });
    return skips;
  }
}

/** "lamp's" is "lamp" + "'s" unless a template spells it as one word. */
function splitPossessives(tokens: Token[], vocabulary: Vocabulary): Token[] {
  if (!vocabulary.has("'s")) return tokens;
  return tokens.flatMap((token) => {
    const { word, start, end } = token;
    if (vocabulary.has(word) || !word.endsWith("'s") || word === "'s") return [token];
    return [
      { word: word.slice(0, -2), start, end: end - 2 },
      { word: "'s", start: end - 2, end },
    ];
  });
}
