import type { Automaton, SentenceOutput, SlotValue } from "../grammar/automaton.ts";
import { type Context, contextAllows } from "../grammar/context.ts";
import { interpretPath } from "../grammar/interpret-path.ts";
import { tokenize } from "../grammar/text/tokenize.ts";
import type { Understanding } from "../grammar/understanding.ts";
import { type Alignment, Aligner } from "./alignment/aligner.ts";
import { exactCosts, fuzzyCosts } from "./alignment/edit-costs.ts";
import { buildLattice, type Lattice } from "./alignment/lattice.ts";
import { decide, type Scored } from "./decision.ts";
import { type Sound, WordComparer } from "./words/word-comparer.ts";
import { WordWeights } from "./words/word-weights.ts";

export type MatcherOptions = {
  /** Lowest confidence, in percent, with which a sentence is accepted. 0 … 100; see docs. @default 35 */
  readonly fuzzyThreshold?: number;
  /** Phrases without meaning. */
  readonly skipWords?: readonly string[];
  /** How words sound; without it they are compared as they are written. */
  readonly sound?: Sound;
};

/** Longer sentences are only matched word for word, and those beyond the second limit not at all. */
const MAX_FUZZY_TOKENS = 40;
const MAX_TOKENS = 160;

/** Finds what a sentence means by the templates of an automaton. */
export class Matcher {
  readonly #automaton: Automaton;
  readonly #aligner: Aligner;
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #weights: WordWeights;
  readonly #comparer: WordComparer;
  readonly #skipPhrases: readonly (readonly string[])[];
  readonly #threshold: number;

  constructor(automaton: Automaton, options: MatcherOptions = {}) {
    const { language, words } = automaton;
    this.#automaton = automaton;
    this.#aligner = new Aligner(automaton);
    this.#vocabulary = new Map(words.map((word, i) => [word, i]));
    this.#weights = new WordWeights(language);
    this.#comparer = new WordComparer(words, options.sound);
    this.#skipPhrases = (options.skipWords ?? []).map((phrase) =>
      tokenize(phrase, language).map((t) => t.word),
    );
    this.#threshold = (options.fuzzyThreshold ?? 35) / 100;
  }

  match(text: string, context: Context = {}): Understanding {
    const { language } = this.#automaton;
    const exact = this.#align(text, context, false);
    const found = exact.length > 0 ? exact : this.#align(text, context, true);
    return { text, language, ...decide(found, this.#threshold) };
  }

  #align(text: string, context: Context, fuzzy: boolean): Scored[] {
    const lattice = buildLattice(text, {
      language: this.#automaton.language,
      vocabulary: this.#vocabulary,
      skipPhrases: this.#skipPhrases,
      respace: fuzzy,
    });
    const count = lattice.tokens.length;
    if (count === 0 || count > (fuzzy ? MAX_FUZZY_TOKENS : MAX_TOKENS)) return [];
    const weight = lattice.tokens.reduce(
      (sum, token) => sum + this.#weights.ofExtra(token.word),
      0,
    );
    const { words, outputs } = this.#automaton;
    const costs = fuzzy
      ? fuzzyCosts(lattice, { words, comparer: this.#comparer, weights: this.#weights })
      : exactCosts(lattice, words.length);
    const allows = (sentence: number): boolean => {
      const output = outputs[sentence];
      return output?.type === "sentence" && contextAllows(output, context);
    };
    const bound = fuzzy ? Math.max(0.7, weight * 0.45) : Infinity;
    return this.#aligner
      .align(lattice, costs, { bound, allows })
      .map((alignment) => this.#score(alignment, lattice, context, weight))
      .filter((scored) => hasWhatItNeeds(scored));
  }

  #score(alignment: Alignment, lattice: Lattice, context: Context, weight: number): Scored {
    const { steps, tokens, cost } = alignment;
    const textOf = (from: number, to: number): string => sliceOf(lattice, tokens.slice(from, to));
    const meaning = interpretPath(this.#automaton, steps, { context, textOf });
    return { ...meaning, cost, distance: cost / Math.max(weight, 0.5) };
  }
}

/** The text from the first to the last of these tokens, without the punctuation around it. */
function sliceOf(
  lattice: Lattice,
  spans: readonly (readonly [number, number] | undefined)[],
): string {
  const covered = spans.flatMap((span) => span ?? []);
  if (covered.length === 0) return "";
  const first = lattice.tokens[Math.min(...covered)];
  const last = lattice.tokens[Math.max(...covered)];
  return lattice.text.slice(first?.start, last?.end).trim();
}

function hasWhatItNeeds({
  sentence,
  slots,
  text,
}: {
  sentence: SentenceOutput;
  slots: Readonly<Record<string, SlotValue>>;
  text: string;
}): boolean {
  if (sentence.requiredSlots.some((slot) => slots[slot] === undefined)) return false;
  if (sentence.requiredKeywords.length === 0) return true;
  const said = ` ${text} `;
  return sentence.requiredKeywords.some((keyword) => said.includes(` ${keyword.toLowerCase()} `));
}
