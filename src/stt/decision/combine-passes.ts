import { mean, sum } from "../../base/statistics.ts";
import type { DecisionSettings } from "../../models/decision-settings.ts";
import type { Hypothesis } from "../scoring/hypothesis.ts";

/** The result of one decoding pass over an utterance. */
export type PassHypotheses = {
  /** Best first. */
  readonly hypotheses: readonly Hypothesis[];
  /** Log-probability of the best phones without templates, nats: the reference of the hypotheses' scores. */
  readonly freeScore: number;
};

/** The joint result of several decoding passes. */
export type CombinedPasses<T> = T & {
  /** Distance of each text from the best text, nats: the mean over the passes. */
  readonly behindNats: ReadonlyMap<string, number>;
};

/**
 * Chooses the text that several decoding passes find best together: the gaps between its scores and free phones add
 * up. Passes at different speeds seldom make the same mistake.
 * @returns the pass that ranks this text highest, with its hypotheses first and each hypothesis' evidence averaged over
 * the passes; the first pass if none has a hypothesis
 */
export function combinePasses<T extends PassHypotheses>(
  passes: readonly [T, ...T[]],
  settings: Pick<DecisionSettings, "unheardNats">,
): CombinedPasses<T> {
  const scores = passes.map((pass) => gapsByText(pass, settings));
  const ranked = [...new Set(scores.flatMap(({ gaps }) => [...gaps.keys()]))]
    .map((text) => ({
      text,
      gap: sum(scores.map(({ gaps, unheard }) => gaps.get(text) ?? unheard)),
    }))
    .toSorted((a, b) => a.gap - b.gap);
  const [best] = ranked;
  if (best === undefined) return { ...passes[0], behindNats: new Map() };
  const behindNats = new Map(
    ranked.map(({ text, gap }) => [text, (gap - best.gap) / passes.length]),
  );
  const [chosen] = passes
    .map((pass) => ({
      pass,
      rank: pass.hypotheses.findIndex(({ text }) => text === best.text),
    }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank);
  const { pass } = chosen!;
  const all = passes.flatMap((each) => each.hypotheses);
  const hypotheses = pass.hypotheses
    .toSorted((a, b) => Number(b.text === best.text) - Number(a.text === best.text))
    .map((hypothesis) => ({
      ...hypothesis,
      ...meanEvidence(all.filter(({ text }) => text === hypothesis.text)),
    }));
  return { ...pass, hypotheses, behindNats };
}

/** Gap between each text and free phones, nats; of several hypotheses with one text the best counts. */
function gapsByText(
  { hypotheses, freeScore }: PassHypotheses,
  { unheardNats }: Pick<DecisionSettings, "unheardNats">,
): {
  gaps: ReadonlyMap<string, number>;
  /** The gap of a text that the pass does not find. */
  unheard: number;
} {
  const gaps = new Map<string, number>();
  for (const { text, sequence } of hypotheses) {
    const gap = freeScore - sequence.score;
    if (gap < (gaps.get(text) ?? Infinity)) gaps.set(text, gap);
  }
  return { gaps, unheard: Math.max(0, ...gaps.values()) + unheardNats };
}

/** The evidence against one text, averaged over the hypotheses that have it. */
function meanEvidence(
  same: readonly Hypothesis[],
): Pick<Hypothesis, "worstWordNats" | "uncoveredNats"> {
  return {
    worstWordNats: mean(same.map(({ worstWordNats }) => worstWordNats)),
    uncoveredNats: mean(same.map(({ uncoveredNats }) => uncoveredNats)),
  };
}
