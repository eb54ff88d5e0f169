import type { Automaton } from "../grammar/automaton.ts";
import { type Context, contextAllows } from "../grammar/context.ts";
import { tokenize } from "../grammar/text/tokenize.ts";
import type { Understanding } from "../grammar/understanding.ts";
import { Aligner } from "./alignment/aligner.ts";
import { ArcTraits } from "./alignment/arc-traits.ts";
import { exactCosts, type FuzzyWords, fuzzyCosts } from "./alignment/edit-costs.ts";
import { buildLattice, type Lattice } from "./alignment/lattice.ts";
import { decide } from "./decision.ts";
import { Reader, type Reading } from "./reading.ts";
import { type Sound, WordComparer } from "./words/word-comparer.ts";
import { WordWeights } from "./words/word-weights.ts";

export type MatcherOptions = {
  /** Lowest confidence, in percent, with which a sentence is accepted. 0 … 100 @default 35 */
  readonly fuzzyThreshold?: number;
  /** Phrases without meaning. */
  readonly skipWords?: readonly string[];
  /** How words sound; without it they are compared as they are written. */
  readonly sound?: Sound;
};

/** Longer sentences are only matched word for word, and those beyond the second limit not at all. */
const MAX_FUZZY_TOKENS = 40;
const MAX_TOKENS = 160;
/** Of the weight of a sentence, what an alignment may cost at first, and at most. */
const BOUNDS = [0.15, 0.4];
const LEAST_BOUND = 0.7;

/** Finds what a text means by the templates of an automaton. */
export class Matcher {
  readonly #automaton: Automaton;
  readonly #aligner: Aligner;
  readonly #reader: Reader;
  readonly #vocabulary: ReadonlyMap<string, number>;
  readonly #fuzzy: FuzzyWords;
  readonly #skipPhrases: readonly (readonly string[])[];
  readonly #threshold: number;

  constructor(automaton: Automaton, options: MatcherOptions = {}) {
    const { language, words } = automaton;
    const weights = new WordWeights(language);
    this.#automaton = automaton;
    this.#aligner = new Aligner(automaton);
    this.#reader = new Reader(automaton, weights);
    this.#vocabulary = new Map(words.map((word, i) => [word, i]));
    const comparer = new WordComparer(words, options.sound);
    this.#fuzzy = { words, numbers: new ArcTraits(automaton).numbers, comparer, weights };
    this.#skipPhrases = (options.skipWords ?? []).map((phrase) =>
      tokenize(phrase, language).map(({ word }) => word),
    );
    this.#threshold = (options.fuzzyThreshold ?? 35) / 100;
  }

  /** Time is bounded, whatever the text: at most 40 words are compared, 160 matched word for word. */
  match(text: string, context: Context = {}): Understanding {
    const { language } = this.#automaton;
    const exact = this.#exactly(text, context);
    const readings = exact.length > 0 ? exact : this.#nearly(text, context);
    return { text, language, ...decide(readings, this.#threshold) };
  }

  #exactly(text: string, context: Context): Reading[] {
    const lattice = this.#lattice(text, false, MAX_TOKENS);
    if (!lattice) return [];
    const costs = exactCosts(lattice, this.#automaton.words.length);
    const found = this.#aligner.align(lattice, costs, {
      bound: Infinity,
      allows: this.#allows(context),
    });
    return this.#reader.read(found, lattice, context, true);
  }

  #nearly(text: string, context: Context): Reading[] {
    const lattice = this.#lattice(text, true, MAX_FUZZY_TOKENS);
    if (!lattice) return [];
    const { weights } = this.#fuzzy;
    const costs = fuzzyCosts(lattice, this.#fuzzy);
    const weight = lattice.tokens.reduce((sum, { word }) => sum + weights.ofExtra(word), 0);
    const allows = this.#allows(context);
    for (const share of BOUNDS) {
      const bound = Math.max(LEAST_BOUND, weight * share);
      const found = this.#aligner.align(lattice, costs, { bound, allows });
      const readings = this.#reader.read(found, lattice, context, false);
      if (readings.length > 0) return readings;
    }
    return [];
  }

  #lattice(text: string, respace: boolean, most: number): Lattice | undefined {
    // A word is a character and a space at least.
    if (text.length > MAX_TOKENS * 64) return undefined;
    const lattice = buildLattice(text, {
      language: this.#automaton.language,
      vocabulary: this.#vocabulary,
      skipPhrases: this.#skipPhrases,
      respace,
    });
    const count = lattice.tokens.length;
    return count > 0 && count <= most ? lattice : undefined;
  }

  #allows(context: Context): (sentence: number) => boolean {
    return (sentence) => {
      const output = this.#automaton.outputs[sentence];
      return output?.type === "sentence" && contextAllows(output, context);
    };
  }
}
