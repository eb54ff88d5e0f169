import { type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import { freePath } from "./speech-evidence.ts";

type Stretch = {
  readonly startFrame: number;
  /** Exclusive. */
  readonly endFrame: number;
};

/**
 * Lead of free phones over silence in a stretch without a word, nats: before, between or after the words, whichever
 * stretch has most. A word that the templates lack ("don't turn on …") shows there.
 * @param posteriors after the blank penalty
 * @param words in the order in which they were said
 */
export function uncoveredNats(posteriors: Posteriors, words: readonly Stretch[]): number {
  const starts = [0, ...words.map(({ endFrame }) => endFrame)];
  const ends = [...words.map(({ startFrame }) => startFrame), posteriors.frames];
  return Math.max(
    ...starts.map((start, i) =>
      overSilence(sliceFrames(posteriors, start, Math.max(start, ends[i]!))),
    ),
  );
}

function overSilence(stretch: Posteriors): number {
  let silence = 0;
  for (let frame = 0; frame < stretch.frames; frame++) {
    silence += stretch.logProbs[frame * stretch.phones]!;
  }
  return freePath(stretch).score - silence;
}
