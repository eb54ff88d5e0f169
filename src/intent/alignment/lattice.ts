import type { Language } from "../../languages/language.ts";
import { normalizeText, type Token, tokenize } from "../../grammar/text/tokenize.ts";
import type { WordComparer } from "../words/word-comparer.ts";
import type { SkipPhrase } from "./skip-phrase.ts";

/** One word between two nodes of the lattice: a token, several tokens joined, or a part of one. */
export type Edge = {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Index in the automaton's words; −1 for a word that it does not have. */
  readonly word: number;
  /** The tokens covered, from `firstToken` to `lastToken`, both included. */
  readonly firstToken: number;
  readonly lastToken: number;
  /** Whether the word is made by joining or splitting tokens. */
  readonly respaced: boolean;
  /** The words that were joined; absent for a whole token and for a part of one. */
  readonly parts?: readonly string[];
};

/** A way to pass over words: from one node to another. */
export type Skip = {
  readonly from: number;
  readonly to: number;
  readonly token: number;
  /** Cost of a skip phrase ("please"); undefined: `token` costs what it costs as an extra word. */
  readonly cost: number | undefined;
};

/** What a skip costs. @param insertion per token: its cost as an extra word */
export function costOfSkip({ cost, token }: Skip, insertion: Float32Array): number {
  return cost ?? insertion[token]!;
}

/** All ways to read a text as words. Nodes 0 … `last` are in the order of the text. */
export type Lattice = {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly last: number;
  readonly edges: readonly Edge[];
  /** Per node: the edges that leave it. */
  readonly out: readonly (readonly number[])[];
  /** Per node: the edges that leave it and are exactly one token. */
  readonly plain: readonly (readonly number[])[];
  readonly skips: readonly (readonly Skip[])[];
  /** Per token: the node where it begins; one entry more for the end. */
  readonly nodeOf: readonly number[];
};

type Vocabulary = ReadonlyMap<string, number>;

export type LatticeOptions = {
  readonly language: Language;
  readonly vocabulary: Vocabulary;
  readonly skipPhrases: readonly SkipPhrase[];
  /** If given, the lattice also holds joined and split words and misspelt skip phrases. */
  readonly comparer: WordComparer | undefined;
};

/** Bounds the words that are joined or split: longer ones are rare in commands. */
const MAX_RESPACED_LETTERS = 24;
/** Bounds the words heard where one was said: "café tu hier" for "cafetière". */
const MAX_JOINED_WORDS = 3;

/** The lattice of a text, after normalization. */
export function buildLattice(text: string, options: LatticeOptions): Lattice {
  return new LatticeBuilder(text, options).build();
}

/** The text from the first to the last token of these spans, as it was written; empty for no span. */
export function textAt(
  lattice: Lattice,
  spans: readonly (readonly [first: number, last: number] | undefined)[],
): string {
  const covered = spans.flatMap((span) => span ?? []);
  const first = lattice.tokens[Math.min(...covered)];
  const last = lattice.tokens[Math.max(...covered)];
  return first && last ? lattice.text.slice(first.start, last.end) : "";
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
      splits[i]!.forEach(([head, tail], k) => {
        const middle = this.#node(i) + 1 + k;
        this.#addEdge(this.#node(i), middle, head, i, i, true);
        this.#addEdge(middle, this.#node(i + 1), tail, i, i, true);
      });
      for (let count = 2; count <= MAX_JOINED_WORDS; count++) this.#join(i, count);
    });
    const byNode = (keep: (edge: Edge) => boolean): number[][] => {
      const lists: number[][] = Array.from({ length: this.#nodes + 1 }, () => []);
      this.#edges.forEach((edge, i) => keep(edge) && lists[edge.from]!.push(i));
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
    return this.#nodeOf[token]!;
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

  /** Adds several words as the one word that was said. */
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

  /** The ways to split a word that the automaton lacks into two words that it has. */
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
      skips[from]!.push({ from, to: this.#node(token + 1), token, cost: undefined });
      for (const phrase of skipPhrases) {
        const ends = comparer
          ? phrase.endsNearly(this.#tokens, token, vocabulary)
          : phrase.endsExactly(this.#tokens, token);
        for (const { end, cost } of ends)
          skips[from]!.push({ from, to: this.#node(end), token, cost });
      }
    });
    return skips;
  }
}

/** Splits "lamp's" into "lamp" and "'s", unless a template has it as one word. */
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
