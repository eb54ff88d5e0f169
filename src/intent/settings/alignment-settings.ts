import type { Ranges, SettingsOf } from "./range.ts";

/** What it costs to align a text with a template. A cost is 1 for leaving out a word of full weight. */
export const ALIGNMENT_RANGES = {
  /** Cost of passing over a skip phrase ("could you"). */
  skipPhraseCost: [0, 1],
  /** Cost of passing over a skip phrase with one letter wrong. */
  misspeltSkipPhraseCost: [0, 1],
  /** Cost of a word that a wildcard takes, in a text that must match word for word. */
  wildcardCost: [0, 1],
  /** The same cost where words may differ. */
  fuzzyWildcardCost: [0, 1],
  /** Cost of reading several words as one, or one as two. */
  respacingCost: [0, 1],
  /** Factor from the distance of two words to the share of their weight that the substitution costs; that share is at most 1. */
  distanceFactor: [0, 10],
  /** Highest cost of a light word in place of another light word. */
  lightForLightCost: [0, 1],
  /** Cost added when a word that the templates know is read as another word. */
  knownWordCost: [0, 1],
  /** Largest distance at which two words count as sounding alike. */
  maxAlikeDistance: [0, 1],
  /** Cost of adding or leaving out a word of a number. */
  numberCost: [0, 10],
  /** Cost of passing over a part of a number that the template does not take ("six" of "vingt six"). */
  partOfNumberCost: [0, 10],
  /** Largest distance at which a word is read as a word of a number. */
  maxNumberDistance: [0, 1],
  /** Cost of an article or preposition at the end of the text. */
  danglingCost: [0, 10],
  /** Cost of an article or preposition at the end, run together with the word before it. */
  joinedDanglingCost: [0, 10],
  /** Largest distance at which words run together, or a part of a word, are read as a word. */
  maxRespacedDistance: [0, 1],
  /** Factor on the cost of misheard and missing words inside the value of a slot. */
  valueFactor: [1, 10],
  /** Cost at which a word of a value counts as another value; substitutions cost less than this. */
  maxValueWordCost: [0, 10],
  /** Cost below which the text has a word of the template, or a form of it. */
  maxHeardCost: [0, 10],
  /** Weight that every text has at least when its distance from a template is measured. */
  minTextWeight: [0.01, 10],
  /** Highest cost of the first, narrow search, as a share of the weight of the text. */
  firstCostShare: [0, 1],
  /** Highest cost of the second, wide search, as a share of the weight of the text. */
  secondCostShare: [0, 1],
  /** Highest cost that both searches allow for short texts. */
  minCostBound: [0, 10],
  /** Difference in cost from the best parse within which all rivals are found. */
  rivalCostMargin: [0, 10],
} as const satisfies Ranges;

export type AlignmentSettings = SettingsOf<typeof ALIGNMENT_RANGES>;
