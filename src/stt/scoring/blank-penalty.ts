import type { BlankPenaltySettings } from "../../models/decoding-settings.ts";
import type { Posteriors } from "../../models/posteriors.ts";

/** Avoids a division by 0 where all frames are equally loud, dB. */
const MIN_SPAN_DB = 1e-6;

/**
 * Lowers the probability of blanks where somebody speaks. A model trained on slower speech than people's prefers blanks
 * within words; a penalty everywhere would put words into silence. Half of the penalty depends on phones nearby and half
 * on loudness, because either alone errs: other people's phones are heard as well, and dishes are loud as well.
 * @returns a copy whose frames are normalised again; `energyDb` is shared
 */
export function penalizeBlanks(posteriors: Posteriors, settings: BlankPenaltySettings): Posteriors {
  const { frames, phones } = posteriors;
  const logProbs = posteriors.logProbs.slice();
  const near = phonesNear(posteriors, settings);
  const loud = loudness(posteriors.energyDb, settings);
  for (let f = 0; f < frames; f++) {
    const row = logProbs.subarray(f * phones, (f + 1) * phones);
    row[0] = row[0]! - settings.penaltyNats * ((near[f]! + loud[f]!) / 2);
    normalise(row);
  }
  return { ...posteriors, logProbs };
}

/** Certainty of a phone within reach of each frame, 0…1. */
function phonesNear(
  { frames, phones, logProbs }: Posteriors,
  { reachFrames, phoneProbability }: BlankPenaltySettings,
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

/** Loudness of each frame within this utterance, 0…1. */
function loudness(
  energyDb: Float32Array,
  { smoothingFrames, floorQuantile, peakQuantile, quiet, loud }: BlankPenaltySettings,
): Float32Array {
  const smooth = movingMean(energyDb, smoothingFrames);
  const sorted = smooth.toSorted();
  const floor = quantile(sorted, floorQuantile);
  const span = quantile(sorted, peakQuantile) - floor + MIN_SPAN_DB;
  return smooth.map((db) => clamp(((db - floor) / span - quiet) / (loud - quiet)));
}

/** Mean over `width` (odd) values around each; the first and the last value extend beyond the ends. */
function movingMean(values: Float32Array, width: number): Float32Array {
  const half = width >> 1;
  const last = values.length - 1;
  const at = (i: number): number => values[Math.min(last, Math.max(0, i))]!;
  return values.map((_, i) => {
    let sum = 0;
    for (let j = i - half; j <= i + half; j++) sum += at(j);
    return sum / width;
  });
}

function quantile(sorted: Float32Array, q: number): number {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

function normalise(row: Float32Array): void {
  let max = -Infinity;
  for (const x of row) max = Math.max(max, x);
  let sum = 0;
  for (const x of row) sum += Math.exp(x - max);
  const total = max + Math.log(sum);
  for (let i = 0; i < row.length; i++) row[i] = row[i]! - total;
}

function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}
