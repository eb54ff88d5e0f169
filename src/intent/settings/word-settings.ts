import type { Ranges, SettingsOf } from "./range.ts";

/**
 * What words weigh and how far apart they are. A weight is a cost: 1 for leaving out a word of full weight. A distance
 * runs from 0 (the same word) to 1 (nothing in common): edits divided by the length of the longer word, in letters or
 * phones.
 */
export const WORD_RANGES = {
  /** Weight of a word with little meaning of its own ("the", "les"). */
  lightWeight: [0, 1],
  /** Weight of a word of one letter that is not light. */
  oneLetterWeight: [0, 1],
  /** Weight of a word of two letters that is not light. */
  twoLetterWeight: [0, 1],
  /** Weight of a hesitation ("uh", "euh") that the template does not have. */
  hesitationWeight: [0, 1],
  /** Largest distance at which one word can stand for another. */
  maxDistance: [0, 1],
  /** Largest distance at which several words run together can stand for one. */
  maxJoinedDistance: [0, 1],
  /** Distance of words that sound alike and are written differently; added to every distance in phones. */
  homophoneDistance: [0, 1],
  /** Distance of words that differ in accents and apostrophes only. */
  accentDistance: [0, 1],
  /** Smallest share of phones that two words which sound alike have in common. */
  minEqualPhones: [0, 1],
  /** Smallest distance of two words of three phones that have one phone in common ("salle", "son"). */
  minShortWordDistance: [0, 1],
} as const satisfies Ranges;

export type WordSettings = SettingsOf<typeof WORD_RANGES>;
