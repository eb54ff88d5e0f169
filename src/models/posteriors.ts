/** Output of the acoustic model for an utterance. */
export type Posteriors = {
  readonly frames: number;
  /** Classes of a frame: the CTC blank, then the phones. */
  readonly phones: number;
  /** Natural log-probabilities, frames × phones, row by row. */
  readonly logProbs: Float32Array;
  /** Mean mel power of each frame from 0.3 to 3.9 kHz, dB against a reference that differs between runs of the model. */
  readonly energyDb: Float32Array;
};

/** Joins the pieces of one utterance. A single piece is returned as it is; several are copied. */
export function joinPosteriors(parts: readonly Posteriors[]): Posteriors {
  const [first] = parts;
  if (first === undefined) return { frames: 0, phones: 0, logProbs: EMPTY, energyDb: EMPTY };
  if (parts.length === 1) return first;
  return {
    frames: parts.reduce((sum, part) => sum + part.frames, 0),
    phones: first.phones,
    logProbs: concat(parts.map((part) => part.logProbs)),
    energyDb: concat(parts.map((part) => part.energyDb)),
  };
}

/** The frames from `start` up to `end` (exclusive); shares the arrays. */
export function sliceFrames(posteriors: Posteriors, start: number, end: number): Posteriors {
  const { phones, logProbs, energyDb } = posteriors;
  return {
    frames: end - start,
    phones,
    logProbs: logProbs.subarray(start * phones, end * phones),
    energyDb: energyDb.subarray(start, end),
  };
}

const EMPTY = new Float32Array(0);

function concat(arrays: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    whole.set(array, at);
    at += array.length;
  }
  return whole;
}
