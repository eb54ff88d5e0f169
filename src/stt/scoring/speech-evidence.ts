import { mean } from "../../base/statistics.ts";
import type { Posteriors } from "../../models/posteriors.ts";

/** Evidence for speech in the model's output, without a grammar. */
export type SpeechEvidence = {
  /** Log-probability of the best sequence of phones and blanks after the blank penalty, nats. */
  readonly freeScore: number;
  /** Phones in that sequence. */
  readonly phones: number;
  /** Mean log-probability of the phones before the blank penalty, nats; −Infinity without a phone. */
  readonly phoneLogProb: number;
};

/**
 * @param raw output of the model
 * @param penalized the same after the blank penalty
 */
export function speechEvidence(raw: Posteriors, penalized: Posteriors): SpeechEvidence {
  const { score, phones } = freePath(penalized);
  return { freeScore: score, phones, phoneLogProb: freePath(raw).phoneLogProb };
}

/** Mean of `phoneLogProb` over the passes that have phones, nats: noise seldom passes for speech twice. */
export function meanPhoneLogProb(passes: readonly { readonly evidence: SpeechEvidence }[]): number {
  const sure = passes
    .map(({ evidence }) => evidence.phoneLogProb)
    .filter((logProb) => logProb > -Infinity);
  if (sure.length === 0) return -Infinity;
  return mean(sure);
}

/** The best phone or blank of each frame. */
export type FreePath = {
  /** Sum of the log-probabilities, nats. */
  readonly score: number;
  /** Phones, each counted once however long it lasts. */
  readonly phones: number;
  /** Mean log-probability of the phones, each with its surest frame, nats; −Infinity without a phone. */
  readonly phoneLogProb: number;
};

/** The best path through the frames without a grammar (CTC: a repeated phone is one phone). */
export function freePath({ frames, phones, logProbs }: Posteriors): FreePath {
  let score = 0;
  let count = 0;
  let sum = 0;
  let previous = 0;
  let peak = 0;
  for (let f = 0; f < frames; f++) {
    let best = 0;
    for (let p = 1; p < phones; p++) {
      if (logProbs[f * phones + p]! > logProbs[f * phones + best]!) best = p;
    }
    const logProb = logProbs[f * phones + best]!;
    score += logProb;
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
  return { score, phones: count, phoneLogProb: count === 0 ? -Infinity : sum / count };
}
