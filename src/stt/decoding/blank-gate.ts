import type { Posteriors } from "./posteriors.ts";

export type GateOptions = {
  /** Taken from the blank's log-probability where there is speech, in nats. */
  readonly blankPenaltyNats: number;
  /** Speech energy begins and is certain at these fractions of the way from floor to peak. */
  readonly from: number;
  readonly to: number;
};

const SMOOTHING_FRAMES = 13;
const FLOOR_QUANTILE = 0.1;
const PEAK_QUANTILE = 0.97;

/**
 * Makes silence dearer where there is energy: the model, trained on slower speech than people's, leans
 * towards blanks; a penalty everywhere would instead put words into noise. Rows are normalised again.
 */
export function gateBlanks(posteriors: Posteriors, options: GateOptions): Posteriors {
  const { frames, phones } = posteriors;
  const logProbs = posteriors.logProbs.slice();
  const speech = speechShare(posteriors.energyDb, options.from, options.to);
  for (let f = 0; f < frames; f++) {
    const row = logProbs.subarray(f * phones, (f + 1) * phones);
    row[0] = row[0]! - options.blankPenaltyNats * speech[f]!;
    normalise(row);
  }
  return { ...posteriors, logProbs };
}

/** How sure it is by its energy alone that each frame is speech, 0…1. */
function speechShare(energyDb: Float32Array, from: number, to: number): Float32Array {
  const smooth = movingMean(energyDb, SMOOTHING_FRAMES);
  const sorted = smooth.toSorted();
  const floor = quantile(sorted, FLOOR_QUANTILE);
  const span = quantile(sorted, PEAK_QUANTILE) - floor + 1e-6;
  return smooth.map((e) => clamp(((e - floor) / span - from) / (to - from)));
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
