import { type Posteriors, sliceFrames } from "../../models/posteriors.ts";
import { freePath } from "./speech-evidence.ts";

type Stretch = { readonly startFrame: number; readonly endFrame: number };

/**
 * By how much free phones fit better than silence where no word was heard, before, between and after the words, nats:
 * of the stretch where they do most. A word that the templates do not have ("don't turn on …") is there.
 * @param gated as the search takes them
 */
export function unclaimedNats(gated: Posteriors, words: readonly Stretch[]): number {
  const starts = [0, ...words.map(({ endFrame }) => endFrame)];
  const ends = [...words.map(({ startFrame }) => startFrame), gated.frames];
  return Math.max(
    ...starts.map((start, i) => overSilence(sliceFrames(gated, start, Math.max(start, ends[i]!)))),
  );
}

function overSilence(heard: Posteriors): number {
  let silence = 0;
  for (let frame = 0; frame < heard.frames; frame++)
    silence += heard.logProbs[frame * heard.phones]!;
  return freePath(heard).score - silence;
}
