import { mean } from "../../base/statistics.ts";
import type { DecisionSettings } from "../../models/decision-settings.ts";
import type { Hypothesis } from "../scoring/hypothesis.ts";

/** The best free speech of one decoding pass, as a rival of a short phrase. */
export type FreeSpeechRival = {
  /** The same pass through the templates. */
  readonly hypotheses: readonly Hypothesis[];
  /** Log-probability of the best words of the language, the language model's costs included, nats. */
  readonly score: number;
  /** Whether these words are pronounced as the hypothesis is. */
  readonly soundsLike: (hypothesis: Hypothesis) => boolean;
};

/** Whether a phrase is so short that only its lead over free speech tells whether it was said. */
export function needsRival(
  { phones, hasWildcard }: Hypothesis,
  { shortPhones }: Pick<DecisionSettings, "shortPhones">,
): boolean {
  return !hasWildcard && phones <= shortPhones;
}

/**
 * The lead of free speech over a hypothesis, nats, with the perplexity of each: the mean over the passes with hypotheses;
 * undefined without such a pass. Words with the same pronunciation never lead.
 *
 * The hypothesis' perplexity is weighted: large templates have a phrase that fits by chance more often than the share of
 * each phrase among them says.
 */
export function rivalLeadNats(
  hypothesis: Hypothesis,
  rivals: readonly FreeSpeechRival[],
  settings: Pick<DecisionSettings, "perplexityWeight" | "unheardNats">,
): number | undefined {
  const leads = rivals
    .filter(({ hypotheses }) => hypotheses.length > 0)
    .map(({ hypotheses, score, soundsLike }) => {
      // The same words may be likelier in the language than in the templates.
      const fit = acousticScoreOf(hypothesis.text, hypotheses, settings.unheardNats);
      const lead = score - (fit - settings.perplexityWeight * hypothesis.perplexityNats);
      return soundsLike(hypothesis) ? Math.min(0, lead) : lead;
    });
  if (leads.length === 0) return undefined;
  return mean(leads);
}

/** Log-probability of the phones of a text without costs, nats; below the worst hypothesis if the pass lacks the text. */
function acousticScoreOf(
  text: string,
  hypotheses: readonly Hypothesis[],
  unheardNats: number,
): number {
  const scored = hypotheses.map(({ text: own, sequence }) => ({
    text: own,
    score: sequence.score + sequence.costNats,
  }));
  const worst = Math.min(...scored.map(({ score }) => score));
  return scored.find((other) => other.text === text)?.score ?? worst - unheardNats;
}
