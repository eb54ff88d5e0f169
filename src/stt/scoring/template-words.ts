import { ctcLogProb } from "../../models/ctc-score.ts";
import { type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import type { Form } from "../../models/word-forms.ts";
import { freePath } from "./speech-evidence.ts";

/** A word of a template and the frames that the search found it in. */
export type TemplateWord = {
  readonly forms: readonly Form[];
  readonly startFrame: number;
  /** Exclusive. */
  readonly endFrame: number;
};

/** Gaps between the words of a template and free phones in the same frames. */
export type TemplateWordsGap = {
  /** Mean over all words, nats a phone; 0 without words. */
  readonly gapNats: number;
  /** The word that fits worst, nats a phone; 0 without words. */
  readonly worstWordNats: number;
  /** Phones of the words. */
  readonly phones: number;
};

/**
 * Compares a template's own words with free phones. A wildcard's words are left out: they fit by nature, and say nothing
 * for the phrase. Beside n frames of a wildcard, though, the template's words have found the place that suits them best;
 * that counts log n nats against them, less for few phones.
 * @param posteriors after the blank penalty
 * @param edgePhones added to each count of phones: beginnings and ends are uncertain
 * @param wildcardFrames frames of words that a wildcard took
 */
export function templateWordsGap(
  posteriors: Posteriors,
  words: readonly TemplateWord[],
  edgePhones: number,
  wildcardFrames = 0,
): TemplateWordsGap {
  let gap = 0;
  let worstWordNats = 0;
  let phones = 0;
  for (const { forms, startFrame, endFrame } of words) {
    const stretch = sliceFrames(posteriors, startFrame, endFrame);
    const wordGap = freePath(stretch).score - ctcLogProb(stretch, [forms]);
    const wordPhones = Math.min(...forms.map((form) => form.phones.length));
    worstWordNats = Math.max(worstWordNats, wordGap / (wordPhones + edgePhones));
    gap += wordGap;
    phones += wordPhones;
  }
  if (phones === 0) return { gapNats: 0, worstWordNats, phones };
  const chance = Math.log1p(wildcardFrames) / (phones + edgePhones);
  return { gapNats: gap / phones + chance, worstWordNats, phones };
}
