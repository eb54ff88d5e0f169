import { ctcLogProb } from "../../models/ctc-score.ts";
import type { Form } from "../../models/word-forms.ts";
import { type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import { freePath } from "./speech-evidence.ts";

/** Counted as phones too: short words have a larger share of uncertain beginnings and ends. */
export const EDGE_PHONES = 2;

/** A word of a template as it was heard. */
export type FixedWord = {
  readonly forms: readonly Form[];
  readonly startFrame: number;
  /** Exclusive. */
  readonly endFrame: number;
};

/**
 * How much worse the templates' own words explain their stretches than free phones do, in nats a phone. For
 * sentences with places for any words: what is said there fits by nature, and says nothing for the sentence. Among
 * n frames of other speech the words have found the place that suits them best: that counts log n nats against them,
 * less for few phones, whose beginning and end are uncertain anyway. None against no words.
 * @param gated as the search takes them
 * @param openFrames in which any words were said
 */
export function gapOfFixedWords(
  gated: Posteriors,
  words: readonly FixedWord[],
  openFrames = 0,
): { readonly gapNats: number; readonly worstWordNats: number; readonly phones: number } {
  let gap = 0;
  let worstWordNats = 0;
  let phones = 0;
  for (const { forms, startFrame, endFrame } of words) {
    const heard = sliceFrames(gated, startFrame, endFrame);
    const wordGap = freePath(heard).score - ctcLogProb(heard, [forms]);
    const wordPhones = Math.min(...forms.map((form) => form.phones.length));
    worstWordNats = Math.max(worstWordNats, wordGap / (wordPhones + EDGE_PHONES));
    gap += wordGap;
    phones += wordPhones;
  }
  if (phones === 0) return { gapNats: 0, worstWordNats, phones };
  const chance = Math.log1p(openFrames) / (phones + EDGE_PHONES);
  return { gapNats: gap / phones + chance, worstWordNats, phones };
}
