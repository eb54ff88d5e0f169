import type { Automaton } from "../../grammar/automaton.ts";
import { type Context, contextAllows } from "../../grammar/context.ts";
import { tokenize } from "../../grammar/text/tokenize.ts";
import type { Understanding } from "../../grammar/understanding.ts";
import type { Language } from "../../languages/language.ts";
import { Aligner } from "../alignment/aligner.ts";
import { exactCosts, fuzzyCosts, lightWords } from "../alignment/edit-costs.ts";
import { buildLattice, type Lattice } from "../alignment/lattice.ts";
import type { Parse } from "../alignment/parse.ts";
import { Parser } from "../alignment/parser.ts";
import { SkipPhrase } from "../alignment/skip-phrase.ts";
import { decide } from "../decision/decision.ts";
import type { IntentSettings } from "../settings/intent-settings.ts";
import type { WordComparer } from "../words/word-comparer.ts";
import { WordWeights } from "../words/word-weights.ts";

export type MatcherOptions = {
  /** Lowest confidence with which a text is accepted, in percent, 0 … 100. @default 35 */
  readonly fuzzyThreshold?: number;
  /** Phrases around a command that do not change its meaning. @default [] */
  readonly skipWords?: readonly string[];
};

/** The intents that may be meant; undefined: all. */
export type Intents = ReadonlySet<string>;

/** Bounds the texts that are compared word by word: longer ones must match word for word. */
const MAX_FUZZY_TOKENS = 40;
/** Bounds the texts that are matched at all: longer ones are no commands. */
const MAX_TOKENS = 160;
/** Bounds the work of splitting a text into tokens. UTF-16 units. */
const MAX_LETTERS = MAX_TOKENS * 64;

/** Understands texts by the templates of an automaton. */
export class Matcher {
  readonly #automaton: Automaton;
  readonly #aligner: Aligner;
  readonly #parser: Parser;
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #weights: WordWeights;
  readonly #light: readonly number[];
  readonly #skipPhrases: readonly SkipPhrase[];
  readonly #settings: IntentSettings;
  readonly #threshold: number;

  constructor(automaton: Automaton, settings: IntentSettings, options: MatcherOptions = {}) {
    const { language, words } = automaton;
    const { alignment } = settings;
    const weights = new WordWeights(language, settings.words);
    this.#automaton = automaton;
    this.#aligner = new Aligner(automaton, alignment);
    this.#parser = new Parser(automaton, this.#aligner.traits, weights, alignment);
    this.#vocabulary = new Map(words.map((word, i) => [word, i]));
    this.#weights = weights;
    this.#light = lightWords(words, weights);
    this.#skipPhrases = (options.skipWords ?? []).map(
      (phrase) =>
        new SkipPhrase(
          tokenize(phrase, language).map(({ word }) => word),
          alignment,
        ),
    );
    this.#settings = settings;
    this.#threshold = (options.fuzzyThreshold ?? 35) / 100;
  }

  get language(): Language {
    return this.#automaton.language;
  }

  /** Understands a text of at most 160 words that matches a template word for word; undefined for others. */
  matchExactly(text: string, context: Context = {}, only?: Intents): Understanding | undefined {
    return this.parseExactly(text, context, only)?.understanding;
  }

  /** Like `matchExactly`. `isOpen`: a wildcard took some of the words. */
  parseExactly(
    text: string,
    context: Context = {},
    only?: Intents,
  ): { understanding: Understanding; isOpen: boolean } | undefined {
    const lattice = this.#lattice(text, undefined, MAX_TOKENS);
    if (!lattice) return undefined;
    const costs = exactCosts(lattice, this.#automaton.words.length, this.#settings.alignment);
    const options = { bound: Infinity, allows: this.#allows(context, only) };
    const found = this.#aligner.align(lattice, costs, options);
    const parses = this.#parser.parse(found, lattice, context, undefined);
    const [best] = parses;
    return best && { understanding: this.#decide(text, parses), isOpen: best.isOpen };
  }

  /** Understands any text. One of more than 40 words must match word for word, which bounds the time. */
  match(text: string, context: Context, comparer: WordComparer, only?: Intents): Understanding {
    const exact = this.matchExactly(text, context, only);
    return exact ?? this.matchNearly(text, context, comparer, only);
  }

  /** Like `match`, for a text that matches no template word for word. */
  matchNearly(
    text: string,
    context: Context,
    comparer: WordComparer,
    only?: Intents,
  ): Understanding {
    return this.#decide(text, this.parseNearly(text, context, comparer, only));
  }

  #decide(text: string, parses: readonly Parse[]): Understanding {
    const decided = decide(parses, this.#threshold, this.#settings.decision);
    return { text, language: this.#automaton.language, ...decided };
  }

  /** The parses of a text of at most 40 words, the cheapest first, including those that are not likely. */
  parseNearly(text: string, context: Context, comparer: WordComparer, only?: Intents): Parse[] {
    const lattice = this.#lattice(text, comparer, MAX_FUZZY_TOKENS);
    if (!lattice) return [];
    const weights = this.#weights;
    const { numbers } = this.#aligner.traits;
    const settings = this.#settings.alignment;
    const { words } = this.#automaton;
    const light = this.#light;
    const costs = fuzzyCosts(lattice, { words, numbers, light, comparer, weights, settings });
    const weight = lattice.tokens.reduce((sum, { word }) => sum + weights.ofExtra(word), 0);
    const allows = this.#allows(context, only);
    const within = (bound: number): Parse[] =>
      this.#parser.parse(
        this.#aligner.align(lattice, costs, { bound, allows }),
        lattice,
        context,
        costs,
      );
    for (const share of [settings.firstCostShare, settings.secondCostShare]) {
      const bound = Math.max(settings.minCostBound, weight * share);
      const parses = within(bound);
      const [best] = parses;
      if (!best) continue;
      // The decision needs all rivals that come close to the best parse.
      const rivalBound = best.cost + settings.rivalCostMargin;
      return rivalBound > bound ? within(rivalBound) : parses;
    }
    return [];
  }

  #lattice(
    text: string,
    comparer: WordComparer | undefined,
    maxTokens: number,
  ): Lattice | undefined {
    if (text.length > MAX_LETTERS) return undefined;
    const lattice = buildLattice(text, {
      language: this.#automaton.language,
      vocabulary: this.#vocabulary,
      skipPhrases: this.#skipPhrases,
      comparer,
    });
    const count = lattice.tokens.length;
    return count > 0 && count <= maxTokens ? lattice : undefined;
  }

  /** Decides for all templates at once, since a text is aligned several times. */
  #allows(context: Context, only: Intents | undefined): (template: number) => boolean {
    const allowed = Uint8Array.from(this.#automaton.outputs, (output) => {
      if (output.type !== "sentence" || only?.has(output.intent) === false) return 0;
      return contextAllows(output, context) ? 1 : 0;
    });
    return (template) => allowed[template] === 1;
  }
}
