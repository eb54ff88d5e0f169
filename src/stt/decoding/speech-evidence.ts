import type { Posteriors } from "./posteriors.ts";

/** What was heard, without any grammar. */
export type SpeechEvidence = {
  /** Log-probability of the best sequence of phones and blanks. */
  readonly freeScore: number;
  /** Phones in that sequence. */
  readonly phones: number;
  /** Mean log-probability of those phones, each at its surest frame. */
  readonly phoneLogProb: number;
  /** Frames from the first to the last of those phones. */
  readonly speechFrames: number;
};

/** Reads off the best phone of each frame. */
export function speechEvidence({ frames, phones, logProbs }: Posteriors): SpeechEvidence {
  let freeScore = 0;
  let count = 0;
  let sum = 0;
  let previous = 0;
  let peak = 0;
  let first = frames;
  let last = -1;
  for (let f = 0; f < frames; f++) {
    let best = 0;
    for (let p = 1; p < phones; p++) {
      if (logProbs[f * phones + p]! > logProbs[f * phones + best]!) best = p;
    }
    const logProb = logProbs[f * phones + best]!;
    freeScore += logProb;
    if (best !== 0) {
      first = Math.min(first, f);
      last = f;
    }
    if (best === 0) {
      previous = 0;
    } else if (best !== previous) {
      count++;
      sum += logProb;
      peak = logProb;
      previous = best;
    } else if (logProb > peak) {
      sum += logProb - peak;
      peak = logProb;
    }
  }
  return {
    freeScore,
    phones: count,
    phoneLogProb: count === 0 ? -Infinity : sum / count,
    speechFrames: Math.max(0, last - first + 1),
  };
}
