import type { Automaton } from "../../grammar/automaton.ts";
import { type Context, contextAllows } from "../../grammar/context.ts";
import { tokenize } from "../../grammar/text/tokenize.ts";
import type { Understanding } from "../../grammar/understanding.ts";
import type { Language } from "../../languages/language.ts";
import { Aligner } from "../alignment/aligner.ts";
import { exactCosts, fuzzyCosts, lightWords } from "../alignment/edit-costs.ts";
import { IdlePhrase } from "../alignment/idle-phrase.ts";
import { buildLattice, type Lattice } from "../alignment/lattice.ts";
import { decide } from "../decision/decision.ts";
import { Reader, type Reading } from "../alignment/reading.ts";
import type { WordComparer } from "../words/word-comparer.ts";
import { WordWeights } from "../words/word-weights.ts";

export type MatcherOptions = {
  /** Lowest confidence, in percent, with which a sentence is accepted. 0 … 100 @default 35 */
  readonly fuzzyThreshold?: number;
  /** Phrases without meaning. */
  readonly skipWords?: readonly string[];
};

/** The intents that may be meant; undefined: all. */
export type Intents = ReadonlySet<string>;

/** Longer sentences are only matched word for word, and those beyond the second limit not at all. */
const MAX_FUZZY_TOKENS = 40;
const MAX_TOKENS = 160;
/** Of the weight of a sentence, what an alignment may cost at first, and at most. */
const BOUNDS = [0.15, 0.4];
const LEAST_BOUND = 0.7;
const RIVALS_WITHIN = 0.6;

/** Finds what a text means by the templates of an automaton. */
export class Matcher {
  readonly #automaton: Automaton;
  readonly #aligner: Aligner;
  readonly #reader: Reader;
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #weights: WordWeights;
  readonly #light: readonly number[];
  readonly #skipPhrases: readonly IdlePhrase[];
  readonly #threshold: number;

  constructor(automaton: Automaton, options: MatcherOptions = {}) {
    const { language, words } = automaton;
    const weights = new WordWeights(language);
    this.#automaton = automaton;
    this.#aligner = new Aligner(automaton);
    this.#reader = new Reader(automaton, this.#aligner.traits, weights);
    this.#vocabulary = new Map(words.map((word, i) => [word, i]));
    this.#weights = weights;
    this.#light = lightWords(words, weights);
    this.#skipPhrases = (options.skipWords ?? []).map(
      (phrase) => new IdlePhrase(tokenize(phrase, language).map(({ word }) => word)),
    );
    this.#threshold = (options.fuzzyThreshold ?? 35) / 100;
  }

  get language(): Language {
    return this.#automaton.language;
  }

  /** Understands a text that a template has word for word; undefined for others. At most 160 words. */
  matchExactly(text: string, context: Context = {}, only?: Intents): Understanding | undefined {
    return this.readExactly(text, context, only)?.understanding;
  }

  /** The same; `isOpen` when a wildcard took some of the words. */
  readExactly(
    text: string,
    context: Context = {},
    only?: Intents,
  ): { understanding: Understanding; isOpen: boolean } | undefined {
    const lattice = this.#lattice(text, undefined, MAX_TOKENS);
    if (!lattice) return undefined;
    const costs = exactCosts(lattice, this.#automaton.words.length);
    const options = { bound: Infinity, allows: this.#allows(context, only) };
    const found = this.#aligner.align(lattice, costs, options);
    const readings = this.#reader.read(found, lattice, context, undefined);
    const [best] = readings;
    return best && { understanding: this.#decide(text, readings), isOpen: best.isOpen };
  }

  /** Understands any text, by `comparer`'s likeness of words. Time is bounded: at most 40 words are compared. */
  match(text: string, context: Context, comparer: WordComparer, only?: Intents): Understanding {
    const exact = this.matchExactly(text, context, only);
    return exact ?? this.matchNearly(text, context, comparer, only);
  }

  /** The same, for a text that no template has word for word. */
  matchNearly(
    text: string,
    context: Context,
    comparer: WordComparer,
    only?: Intents,
  ): Understanding {
    return this.#decide(text, this.readNearly(text, context, comparer, only));
  }

  #decide(text: string, readings: Reading[]): Understanding {
    return { text, language: this.#automaton.language, ...decide(readings, this.#threshold) };
  }

  /** What a text may mean, the nearest first, however unlike it is: at most 40 words are compared. */
  readNearly(text: string, context: Context, comparer: WordComparer, only?: Intents): Reading[] {
    const lattice = this.#lattice(text, comparer, MAX_FUZZY_TOKENS);
    if (!lattice) return [];
    const weights = this.#weights;
    const { numbers } = this.#aligner;
    const { words } = this.#automaton;
    const light = this.#light;
    const costs = fuzzyCosts(lattice, { words, numbers, light, comparer, weights });
    const weight = lattice.tokens.reduce((sum, { word }) => sum + weights.ofExtra(word), 0);
    const allows = this.#allows(context, only);
    const within = (bound: number): Reading[] =>
      this.#reader.read(
        this.#aligner.align(lattice, costs, { bound, allows }),
        lattice,
        context,
        costs,
      );
    for (const share of BOUNDS) {
      const bound = Math.max(LEAST_BOUND, weight * share);
      const readings = within(bound);
      const [best] = readings;
      // Those that come close must be known too, to tell whether the best one can be trusted.
      if (best)
        return best.cost + RIVALS_WITHIN > bound ? within(best.cost + RIVALS_WITHIN) : readings;
    }
    return [];
  }

  #lattice(text: string, comparer: WordComparer | undefined, most: number): Lattice | undefined {
    // A word is a character and a space at least.
    if (text.length > MAX_TOKENS * 64) return undefined;
    const lattice = buildLattice(text, {
      language: this.#automaton.language,
      vocabulary: this.#vocabulary,
      skipPhrases: this.#skipPhrases,
      comparer,
    });
    const count = lattice.tokens.length;
    return count > 0 && count <= most ? lattice : undefined;
  }

  /** Worked out for all sentences at once: a text is aligned several times. */
  #allows(context: Context, only: Intents | undefined): (sentence: number) => boolean {
    const allowed = Uint8Array.from(this.#automaton.outputs, (output) => {
      if (output.type !== "sentence" || only?.has(output.intent) === false) return 0;
      return contextAllows(output, context) ? 1 : 0;
    });
    return (sentence) => allowed[sentence] === 1;
  }
}
