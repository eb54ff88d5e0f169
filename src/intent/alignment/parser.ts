import type { Automaton } from "../../grammar/automaton.ts";
import type { Context } from "../../grammar/context.ts";
import { interpretPath } from "../../grammar/interpret-path.ts";
import type { AlignmentSettings } from "../settings/alignment-settings.ts";
import type { WordWeights } from "../words/word-weights.ts";
import type { Alignment } from "./aligner.ts";
import { AlignmentMeasures } from "./alignment-measures.ts";
import type { ArcTraits } from "./arc-traits.ts";
import type { EditCosts } from "./edit-costs.ts";
import { type Lattice, textAt } from "./lattice.ts";
import { isNegated } from "./negation.ts";
import type { Parse } from "./parse.ts";

/** Turns alignments into parses. */
export class Parser {
  readonly #automaton: Automaton;
  readonly #measures: AlignmentMeasures;

  constructor(
    automaton: Automaton,
    traits: ArcTraits,
    weights: WordWeights,
    settings: AlignmentSettings,
  ) {
    this.#automaton = automaton;
    this.#measures = new AlignmentMeasures(automaton, traits, weights, settings);
  }

  /**
   * The parses that have the slots and keywords they require, in the order of the alignments.
   * @param costs the costs of the alignments; undefined for alignments word for word
   */
  parse(
    alignments: readonly Alignment[],
    lattice: Lattice,
    context: Context,
    costs: EditCosts | undefined,
  ): Parse[] {
    return alignments
      .map((alignment): Parse => {
        const { steps, tokens, cost } = alignment;
        const textOf = (from: number, to: number): string =>
          textAt(lattice, tokens.slice(from, to));
        return {
          ...interpretPath(this.#automaton, steps, { context, textOf }),
          cost,
          ...this.#measures.of(alignment, lattice, costs),
          isNegated: isNegated(this.#automaton, alignment, lattice),
        };
      })
      .filter(isComplete);
  }
}

/** Whether the parse has all required slots, and one of the required keywords if there are any. */
function isComplete({ sentence, slots, text }: Parse): boolean {
  if (sentence.requiredSlots.some((slot) => slots[slot] === undefined)) return false;
  if (sentence.requiredKeywords.length === 0) return true;
  const said = ` ${text} `;
  return sentence.requiredKeywords.some((keyword) => said.includes(` ${keyword.toLowerCase()} `));
}
