import { sigmoid } from "../../base/statistics.ts";
import { roundConfidence } from "../../grammar/candidates.ts";
import type { DecisionSettings, FallingCurve } from "../../models/decision-settings.ts";
import type { Hypothesis } from "../scoring/hypothesis.ts";
import type { SpeechEvidence } from "../scoring/speech-evidence.ts";
import { type FreeSpeechRival, rivalLeadNats } from "./free-speech-rival.ts";

/** The measures of a hypothesis; the most doubtful one decides the confidence. */
export type Measures = {
  /** Gap between the whole phrase and free phones, nats a phone. */
  readonly wholeGapNats: number;
  /** Lead of free speech, nats; undefined unless the phrase was compared with it. Then nothing else counts. */
  readonly rivalLeadNats: number | undefined;
} & Pick<Hypothesis, "gapNats" | "worstWordNats" | "uncoveredNats" | "hasWildcard">;

/** @param rivals of the hypothesis; empty unless it is short (`needsRival`) */
export function measuresOf(
  hypothesis: Hypothesis,
  evidence: SpeechEvidence,
  rivals: readonly FreeSpeechRival[],
  settings: DecisionSettings,
): Measures {
  const { sequence, gapNats, worstWordNats, uncoveredNats, hasWildcard } = hypothesis;
  const acousticScore = sequence.score + sequence.costNats;
  return {
    wholeGapNats: (evidence.freeScore - acousticScore) / (evidence.phones + settings.edgePhones),
    rivalLeadNats: rivalLeadNats(hypothesis, rivals, settings),
    gapNats,
    worstWordNats,
    uncoveredNats,
    hasWildcard,
  };
}

/** The probability that the phrase was said, 0…1, rounded to three digits. */
export function phraseConfidence(measures: Measures, settings: DecisionSettings): number {
  const { rivalLeadNats: lead, wholeGapNats, gapNats, worstWordNats, uncoveredNats } = measures;
  if (lead !== undefined) return roundConfidence(falling(lead, settings.rivalLead));
  const ownGap = measures.hasWildcard ? settings.wildcardTemplateGap : settings.templateGap;
  return roundConfidence(
    Math.min(
      falling(wholeGapNats, settings.wholeGap),
      falling(gapNats, ownGap),
      falling(worstWordNats, settings.worstWord),
      falling(uncoveredNats, settings.uncovered),
    ),
  );
}

/**
 * The share of a transcript's words that is right, 0…1, rounded to three digits.
 * @param gapNats between its words and free phones, a phone
 */
export function transcriptConfidence(
  gapNats: number,
  { transcriptGap }: Pick<DecisionSettings, "transcriptGap">,
): number {
  return roundConfidence(falling(gapNats, transcriptGap));
}

/** From 1 down to 0; 0.5 at `evenNats`. */
function falling(nats: number, { evenNats, scaleNats }: FallingCurve): number {
  return sigmoid((evenNats - nats) / scaleNats);
}
