import type { Interpretation } from "../../grammar/interpret-path.ts";

/** A meaning that a text may have: an alignment with a template, interpreted and measured. */
export type Parse = Interpretation & {
  /** Cost of the alignment: lower is better. */
  readonly cost: number;
  /** Distance of the text from the template, without the words of wildcards: 0 word for word … 1 nothing in common. */
  readonly distance: number;
  /**
   * Weight of the template's words that the text lacks. A word that the templates do not know may be a misheard one
   * and does not count as a gap, nor do light words.
   */
  readonly missing: number;
  /**
   * Differences between text and template, without hesitations. Two parses with the same differences differ in the
   * template alone.
   */
  readonly edits: string;
  /**
   * Whether the text tells what it is about. If the parse has values, the text must have one telling word of each value,
   * or all telling words of the template, because "what is {name}" alone is near much that people ask. If it has none,
   * the template must have a telling word.
   */
  readonly tells: boolean;
  /** Whether a wildcard took some of the words. */
  readonly isOpen: boolean;
  /**
   * Number of telling words that wildcards took, in a parse without any other telling word: "who is {person}" fits
   * whatever people ask about anybody. 0 for other parses.
   */
  readonly vagueWords: number;
  /** Whether the text says that the command is not wanted. */
  readonly isNegated: boolean;
};
