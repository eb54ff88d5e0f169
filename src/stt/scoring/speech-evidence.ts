import type { Posteriors } from "../../models/posteriors.ts";

/** What was heard, without any grammar. */
export type SpeechEvidence = {
  /** Log-probability of the best sequence of phones and blanks, as the search sees them. */
  readonly freeScore: number;
  /** Phones in that sequence. */
  readonly phones: number;
  /** How sure the model itself is of the phones it hears: mean log-probability; −Infinity without any. */
  readonly phoneLogProb: number;
};

/** @param heard what the model put out @param gated the same as the search takes it */
export function speechEvidence(heard: Posteriors, gated: Posteriors): SpeechEvidence {
  const { score, phones } = freePath(gated);
  return { freeScore: score, phones, phoneLogProb: freePath(heard).phoneLogProb };
}

/** How sure the model is of phones in the mean over the listenings that hear any: noise is seldom taken for speech twice. */
export function meanPhoneLogProb(
  listenings: readonly { readonly evidence: SpeechEvidence }[],
): number {
  const sure = listenings
    .map(({ evidence }) => evidence.phoneLogProb)
    .filter((logProb) => logProb > -Infinity);
  if (sure.length === 0) return -Infinity;
  return sure.reduce((sum, logProb) => sum + logProb, 0) / sure.length;
}

export type FreePath = {
  readonly score: number;
  readonly phones: number;
  readonly phoneLogProb: number;
};

/** The best phone of each frame; a phone that lasts counts once, with its surest frame. */
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
