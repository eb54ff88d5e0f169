import { ARC, type Automaton } from "../../grammar/automaton.ts";
import type { Context } from "../../grammar/context.ts";
import { type Interpretation, interpretPath } from "../../grammar/interpret-path.ts";
import type { Alignment } from "./aligner.ts";
import type { ArcTraits } from "./arc-traits.ts";
import type { EditCosts } from "./edit-costs.ts";
import type { Lattice } from "./lattice.ts";
import { isNegated } from "./negation.ts";
import type { WordWeights } from "../words/word-weights.ts";

/** A meaning that a text may have. */
export type Reading = Interpretation & {
  /** Of its alignment: lower is better. */
  readonly cost: number;
  /** How far the text is from the template, wildcards aside: 0 word for word … 1 nothing in common. */
  readonly distance: number;
  /**
   * Weight of the words of the template in whose place the text has none, or another that the templates know and
   * that is not much like it; apart from those without much meaning.
   */
  readonly missing: number;
  /**
   * What differs between text and template, apart from what people say while they think: two readings with the same
   * differences differ in the template alone.
   */
  readonly edits: string;
  /**
   * What was heard tells what the sentence is about. With values: a word of each, or one much like it, was heard; or all
   * words of the template that tell something. "What is {name}" alone is near to much that people ask. Without: the
   * template has a word that tells something.
   */
  readonly tells: boolean;
  /** Some of its words were taken by a wildcard. */
  readonly isOpen: boolean;
  /**
   * Words that tell something among those that a wildcard took, in a sentence without any other such word, be it the
   * template's or a value's: "who is {person}" is all that people ask of anybody. 0 for other sentences.
   */
  readonly vagueWords: number;
  /** The text says that it is not wanted. */
  readonly isNegated: boolean;
};

/** Words that cost less than this to be read as each other are forms of one word, or sound alike. */
const LIKE = 0.45;
/** Texts with hardly a word of their own are measured as if they had this much. */
const LEAST_WEIGHT = 1;

/** Turns alignments into meanings. */
export class Reader {
  readonly #automaton: Automaton;
  readonly #traits: ArcTraits;
  readonly #weights: WordWeights;
  readonly #vocabulary: ReadonlySet<string>;

  constructor(automaton: Automaton, traits: ArcTraits, weights: WordWeights) {
    this.#automaton = automaton;
    this.#traits = traits;
    this.#weights = weights;
    this.#vocabulary = new Set(automaton.words);
  }

  /**
   * Those that have the slots and keywords they need, in the order given. `costs`: those of the alignments;
   * undefined for alignments word for word.
   */
  read(
    alignments: readonly Alignment[],
    lattice: Lattice,
    context: Context,
    costs: EditCosts | undefined,
  ): Reading[] {
    return alignments
      .map((alignment) => this.#meaningOf(alignment, lattice, context, costs))
      .filter(hasWhatItNeeds);
  }

  #meaningOf(
    alignment: Alignment,
    lattice: Lattice,
    context: Context,
    costs: EditCosts | undefined,
  ): Reading {
    const { steps, tokens, cost } = alignment;
    const textOf = (from: number, to: number): string => sliceOf(lattice, tokens.slice(from, to));
    const meaning = interpretPath(this.#automaton, steps, { context, textOf });
    const distance = costs ? this.#distance(alignment, lattice, costs.anyWord) : 0;
    const free = steps.flatMap(({ arc }, i) => (this.#isAnyWord(arc) ? [tokens[i]] : []));
    const vagueWords = steps.some(({ arc }) => this.#isTelling(arc))
      ? 0
      : free.filter((span) => this.#weights.tells(wordAt(lattice, span) ?? "")).length;
    const missing = costs ? this.#missing(alignment, lattice, costs) : 0;
    const edits = costs ? this.#edits(alignment, lattice) : "";
    const tells = costs === undefined || edits === "" || this.#tells(alignment, lattice, costs);
    const isOpen = free.length > 0;
    const negated = isNegated(this.#automaton, alignment, lattice);
    const what = { cost, distance, missing, edits, tells, isOpen, vagueWords };
    return { ...meaning, ...what, isNegated: negated };
  }

  #missing({ steps, tokens }: Alignment, lattice: Lattice, costs: EditCosts): number {
    return steps.reduce((sum, { arc }, i) => {
      const word = this.#wordOf(arc);
      if (word === undefined || this.#weights.isLight(word)) return sum;
      const heard = wordAt(lattice, tokens[i]);
      const isElse = heard === undefined || this.#vocabulary.has(heard);
      const isMissing = isElse && !this.#isHeard(arc, tokens[i], lattice, costs);
      return isMissing ? sum + this.#weights.of(word) : sum;
    }, 0);
  }

  #tells({ steps, tokens }: Alignment, lattice: Lattice, costs: EditCosts): boolean {
    const own: boolean[] = [];
    const values: boolean[][] = [];
    for (const [i, { arc }] of steps.entries()) {
      if (this.#traits.fillsSlot[arc] === 1) values.push([]);
      const word = this.#wordOf(arc);
      if (word === undefined || !this.#weights.tells(word)) continue;
      const words = this.#traits.isOfValue(arc) ? values.at(-1) : own;
      words?.push(this.#isHeard(arc, tokens[i], lattice, costs));
    }
    const telling = values.filter((words) => words.length > 0);
    const areHeard = telling.every((words) => words.includes(true));
    return areHeard
      ? own.length + telling.length > 0
      : own.length > 0 && own.every((isHeard) => isHeard);
  }

  #isAnyWord(arc: number): boolean {
    return this.#automaton.arcKind[arc] === ARC.anyWord;
  }

  /** Whether the arc reads a word that tells something of what is spoken about. */
  #isTelling(arc: number): boolean {
    const word = this.#wordOf(arc);
    return word !== undefined && this.#weights.tells(word);
  }

  /** The word of the template on this arc. */
  #wordOf(arc: number): string | undefined {
    const { arcKind, arcLabel, words } = this.#automaton;
    return arcKind[arc] === ARC.word ? words[arcLabel[arc] ?? 0] : undefined;
  }

  /** Whether the text has the word here, or one that is much like it. */
  #isHeard(
    arc: number,
    span: readonly [number, number] | undefined,
    lattice: Lattice,
    costs: EditCosts,
  ): boolean {
    const label = this.#automaton.arcLabel[arc] ?? 0;
    return lattice.edges.some(
      ({ firstToken, lastToken }, edge) =>
        firstToken === span?.[0] &&
        lastToken === span[1] &&
        (costs.substitution[edge]?.[label] ?? Infinity) < LIKE,
    );
  }

  #edits({ steps, tokens }: Alignment, lattice: Lattice): string {
    const { arcKind, arcLabel, words } = this.#automaton;
    const edits: string[] = [];
    const used = new Set<number>();
    steps.forEach(({ arc }, i) => {
      const span = tokens[i];
      const [first, last] = span ?? [0, -1];
      for (let token = first; token <= last; token++) used.add(token);
      if (arcKind[arc] !== ARC.word) return;
      const word = words[arcLabel[arc] ?? 0] ?? "";
      const heard = span && lattice.tokens[span[0]]?.word;
      if (heard !== word) edits.push(`${word}:${span?.join("-") ?? ""}`);
    });
    lattice.tokens.forEach(({ word }, i) => {
      if (!used.has(i) && !this.#weights.isFiller(word)) edits.push(`:${i}`);
    });
    return edits.join(" ");
  }

  #distance({ steps, tokens, cost }: Alignment, lattice: Lattice, anyWord: number): number {
    const free = new Set<number>();
    steps.forEach(({ arc }, i) => {
      const span = tokens[i];
      if (span && this.#isAnyWord(arc)) free.add(span[0]);
    });
    const weight = lattice.tokens.reduce(
      (sum, { word }, i) => sum + (free.has(i) ? 0 : this.#weights.ofExtra(word)),
      0,
    );
    return Math.max(0, cost - free.size * anyWord) / Math.max(weight, LEAST_WEIGHT);
  }
}

function wordAt(lattice: Lattice, span: readonly [number, number] | undefined): string | undefined {
  return span && lattice.tokens[span[0]]?.word;
}

/** The text from the first to the last of these tokens, as it was written. */
function sliceOf(lattice: Lattice, spans: Alignment["tokens"]): string {
  const covered = spans.flatMap((span) => span ?? []);
  const first = lattice.tokens[Math.min(...covered)];
  const last = lattice.tokens[Math.max(...covered)];
  return first && last ? lattice.text.slice(first.start, last.end) : "";
}

function hasWhatItNeeds({ sentence, slots, text }: Reading): boolean {
  if (sentence.requiredSlots.some((slot) => slots[slot] === undefined)) return false;
  if (sentence.requiredKeywords.length === 0) return true;
  const said = ` ${text} `;
  return sentence.requiredKeywords.some((keyword) => said.includes(` ${keyword.toLowerCase()} `));
}
