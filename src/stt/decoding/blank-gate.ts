import type { Posteriors } from "./posteriors.ts";

export type GateOptions = {
  /** Taken from the blank's log-probability near phones, in nats. */
  readonly blankPenaltyNats: number;
  /** How far from a phone's frame that is. */
  readonly reachFrames: number;
  /** A frame with phones at least this probable counts whole, one with less in proportion. */
  readonly phoneProbability: number;
};

/**
 * Makes blanks dearer near phones: the model, trained on slower speech than people's, leans towards blanks within
 * words. A penalty everywhere would put words into silence; one by the energy of the signal puts them into a kitchen's
 * noise. Beside other people who speak as loudly theirs count as well. Rows are normalised again.
 */
export function gateBlanks(posteriors: Posteriors, options: GateOptions): Posteriors {
  const { frames, phones } = posteriors;
  const logProbs = posteriors.logProbs.slice();
  const share = phonesNear(posteriors, options);
  for (let f = 0; f < frames; f++) {
    const row = logProbs.subarray(f * phones, (f + 1) * phones);
    row[0] = row[0]! - options.blankPenaltyNats * share[f]!;
    normalise(row);
  }
  return { ...posteriors, logProbs };
}

/** How surely there is a phone within reach of each frame, 0…1. */
function phonesNear(
  { frames, phones, logProbs }: Posteriors,
  { reachFrames, phoneProbability }: GateOptions,
): Float32Array {
  const share = new Float32Array(frames);
  for (let f = 0; f < frames; f++) {
    const phone = 1 - Math.exp(logProbs[f * phones]!);
    const here = Math.min(1, phone / phoneProbability);
    const end = Math.min(frames - 1, f + reachFrames);
    for (let near = Math.max(0, f - reachFrames); near <= end; near++) {
      share[near] = Math.max(share[near]!, here);
    }
  }
  return share;
}

function normalise(row: Float32Array): void {
  let max = -Infinity;
  for (const x of row) max = Math.max(max, x);
  let sum = 0;
  for (const x of row) sum += Math.exp(x - max);
  const total = max + Math.log(sum);
  for (let i = 0; i < row.length; i++) row[i] = row[i]! - total;
}
