import { KINDS, type Sample } from "./calibration-samples.ts";

/** A sample, and the confidence that some weights give it, 0 … 1. */
export type Judged = { readonly sample: Sample; readonly confidence: number };

const BINS = 10;

/** Prints how many samples of each kind there are, and how many best parses are right. */
export function printKinds(samples: readonly Sample[]): void {
  for (const kind of Object.keys(KINDS)) {
    const own = samples.filter((sample) => sample.kind === kind);
    const right = own.filter(({ isTrue }) => isTrue).length;
    console.log(`${kind.padEnd(18)} ${own.length} sentences, the best parse of ${right} right`);
  }
}

/** Prints confidence beside the share that is right, bin by bin, and the expected calibration error. */
export function printReliability(title: string, judged: readonly Judged[]): void {
  console.log(`\n${title}\nconfidence    sentences  mean confidence %  right %`);
  binsOf(judged).forEach(({ count, confidence, right }, bin) => {
    if (count === 0) return;
    const range = `${(bin / BINS).toFixed(1)} … ${((bin + 1) / BINS).toFixed(1)}`;
    console.log(
      `${range.padEnd(13)} ${String(count).padStart(9)} ${percent(confidence).padStart(18)} ${percent(right).padStart(8)}`,
    );
  });
  console.log(`expected calibration error ${percent(calibrationError(judged))} %`);
}

/** Expected calibration error, 0 … 1: the mean distance of confidence from the share that is right, over ten bins. */
export function calibrationError(judged: readonly Judged[]): number {
  const all = weightOf(judged, () => 1);
  return binsOf(judged).reduce(
    (error, { count, weight, confidence, right }) =>
      count === 0 ? error : error + (weight / all) * Math.abs(confidence - right),
    0,
  );
}

/** Weighted mean; every sample counts as its kind does. */
export function meanOf(judged: readonly Judged[], of: (one: Judged) => number): number {
  return weightOf(judged, of) / weightOf(judged, () => 1);
}

/** 0 … 1 as a percentage. */
export function percent(share: number): string {
  return (100 * share).toFixed(1);
}

type Bin = {
  readonly count: number;
  readonly weight: number;
  readonly confidence: number;
  readonly right: number;
};

function binsOf(judged: readonly Judged[]): Bin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const own = judged.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    return {
      count: own.length,
      weight: weightOf(own, () => 1),
      confidence: meanOf(own, (one) => one.confidence),
      right: meanOf(own, ({ sample }) => Number(sample.isTrue)),
    };
  });
}

function weightOf(judged: readonly Judged[], of: (one: Judged) => number): number {
  return judged.reduce((total, one) => total + one.sample.weight * of(one), 0);
}
