import type { Posteriors } from "../../models/posteriors.ts";

export type GateOptions = {
  /** Taken from the blank's log-probability where phones are near and it is loud, nats; half of it where only one is so. */
  readonly blankPenaltyNats: number;
  /** How far from a phone's frame is near. */
  readonly reachFrames: number;
  /** A frame with phones at least this probable counts whole, one with less in proportion. */
  readonly phoneProbability: number;
  /** Quiet ends and loud begins at these shares of the way from the utterance's floor to its peak, in dB. */
  readonly quiet: number;
  readonly loud: number;
};

/** Of the loudness, 0.43 s. */
const SMOOTHING_FRAMES = 13;
/** Of the frames of an utterance, the quietest and the loudest. */
const FLOOR_QUANTILE = 0.1;
const PEAK_QUANTILE = 0.97;

/**
 * Makes blanks dearer where somebody speaks: the model, trained on slower speech than people's, leans towards blanks
 * within words. A penalty everywhere would put words into silence. Half of it is for phones nearby, half for loudness.
 * Either alone errs: other people's phones are heard, too, and dishes are loud, too. Rows are normalised again.
 */
export function gateBlanks(posteriors: Posteriors, options: GateOptions): Posteriors {
  const { frames, phones } = posteriors;
  const logProbs = posteriors.logProbs.slice();
  const near = phonesNear(posteriors, options);
  const loud = loudness(posteriors.energyDb, options);
  for (let f = 0; f < frames; f++) {
    const row = logProbs.subarray(f * phones, (f + 1) * phones);
    row[0] = row[0]! - options.blankPenaltyNats * ((near[f]! + loud[f]!) / 2);
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

/** How loud each frame is for this utterance, 0…1. */
function loudness(energyDb: Float32Array, { quiet, loud }: GateOptions): Float32Array {
  const smooth = movingMean(energyDb, SMOOTHING_FRAMES);
  const sorted = smooth.toSorted();
  const floor = quantile(sorted, FLOOR_QUANTILE);
  const span = quantile(sorted, PEAK_QUANTILE) - floor + 1e-6;
  return smooth.map((db) => clamp(((db - floor) / span - quiet) / (loud - quiet)));
}

/** Mean over `width` values around each; the first and the last value go on beyond the ends. */
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
