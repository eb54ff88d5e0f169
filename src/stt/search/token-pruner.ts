import type { TokenList } from "./token-list.ts";

export type PruneOptions = {
  /** Tokens this much worse than the best are dropped, nats. */
  readonly beamNats: number;
  /** Tokens that survive a frame at most; of more, the worst are dropped. */
  readonly maxTokens: number;
};

/** Resolution of the beam where there are too many tokens. */
const HISTOGRAM_BINS = 128;

/** Decides which tokens of a frame survive. */
export class TokenPruner {
  readonly #options: PruneOptions;
  readonly #histogram = new Int32Array(HISTOGRAM_BINS);

  constructor(options: PruneOptions) {
    this.#options = options;
  }

  /** The score below which tokens are dropped: by the beam, or by their number if there are too many. */
  threshold(tokens: TokenList): number {
    const { count, phoneScore, blankScore } = tokens;
    const { beamNats, maxTokens } = this.#options;
    const best = tokens.bestScore();
    if (count <= maxTokens) return best - beamNats;

    const histogram = this.#histogram.fill(0);
    const binsPerNat = HISTOGRAM_BINS / beamNats;
    for (let i = 0; i < count; i++) {
      const bin = Math.floor((best - Math.max(phoneScore[i]!, blankScore[i]!)) * binsPerNat);
      if (bin < HISTOGRAM_BINS) histogram[bin] = histogram[bin]! + 1;
    }
    let kept = 0;
    for (let bin = 0; bin < HISTOGRAM_BINS; bin++) {
      kept += histogram[bin]!;
      if (kept > maxTokens) return best - Math.max(1, bin) / binsPerNat;
    }
    return best - beamNats;
  }
}
