import type { Ranges, SettingsOf } from "./range.ts";

/** How intents are learnt from the `examples:` of templates, and how values are found in texts that are recognised so. */
export const EXAMPLE_RANGES = {
  /** Number of phrases drawn from the templates for every intent. */
  samplesPerIntent: [0, 10_000, "whole"],
  /** Number of phrases drawn from every example that has slots, alternatives or optional words. */
  samplesPerExample: [0, 10_000, "whole"],
  /** Share of the held-out phrases of all intents that the lowest accepted score rejects. */
  rejectedShare: [0, 1],
  /** Lowest accepted score where an intent has too few phrases to hold some out. */
  defaultMinScore: [-10, 10],
  /** Confidence at the lowest accepted score. */
  confidenceAtMinScore: [0.01, 0.99],
  /** Log-odds per unit of score. */
  scoreWeight: [0, 100],
  /** Difference in confidence below which the choice between two intents is a question. */
  minConfidenceMargin: [0, 1],
  /** Length of an encoder's vector; the vectors of words and of parts of words have length 1 each. */
  encoderLength: [0, 100],
  /** Highest cost of a misheard value: a letter or two of a long word. */
  maxSlotCost: [0, 10],
  /** Lattice nodes that a value must span more for every unit of cost, to be preferred to another value. */
  slotCostWeight: [0, 100],
} as const satisfies Ranges;

export type ExampleSettings = SettingsOf<typeof EXAMPLE_RANGES>;
