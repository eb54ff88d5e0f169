import { ctcLogProb } from "./ctc-score.ts";
import type { Form } from "./phone-tries.ts";
import { type Posteriors, sliceFrames } from "./posteriors.ts";
import { freePath } from "./speech-evidence.ts";

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
 * n frames of other speech the words have found the place that suits them best: that counts log n nats against them.
 * @param gated as the search takes them
 * @param openFrames in which any words were said
 */
export function gapOfFixedWords(
  gated: Posteriors,
  words: readonly FixedWord[],
  openFrames = 0,
): { readonly gapNats: number; readonly phones: number } {
  let gap = Math.log1p(openFrames);
  let phones = 0;
  for (const { forms, startFrame, endFrame } of words) {
    const heard = sliceFrames(gated, startFrame, endFrame);
    gap += freePath(heard).score - ctcLogProb(heard, [forms]);
    phones += Math.min(...forms.map((form) => form.phones.length));
  }
  return { gapNats: gap / Math.max(1, phones), phones };
}
