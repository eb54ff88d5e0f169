import { mean } from "../../base/statistics.ts";
import { firstOfEachIntent } from "../../grammar/candidates.ts";
import { NEGATIVE_INTENT } from "../../grammar/own-intents.ts";
import type { IntentMatch, Understanding } from "../../grammar/understanding.ts";
import type { DecisionSettings } from "../../models/decision-settings.ts";
import type { Hypothesis } from "../scoring/hypothesis.ts";
import type { SpeechEvidence } from "../scoring/speech-evidence.ts";
import { measuresOf, phraseConfidence } from "./confidence.ts";
import type { FreeSpeechRival } from "./free-speech-rival.ts";
import { isSpeech } from "./is-speech.ts";

/** Bounds the list of intents in an answer: nobody asks a user about more. */
const MAX_CANDIDATES = 5;

/** The evidence for an utterance beside its hypotheses. */
export type DecisionEvidence = {
  readonly speech: SpeechEvidence;
  /** Free speech of each decoding pass, for a short best hypothesis (`needsRival`). @default none */
  readonly rivals?: readonly FreeSpeechRival[];
  /** Distance of each text from the best over all passes, nats. @default by the scores of the hypotheses */
  readonly behindNats?: ReadonlyMap<string, number>;
};

/**
 * Accepts the best hypothesis, calls it ambiguous beside another intent that fits almost as well, or rejects it.
 * @param hypotheses best first
 */
export function decideSpeech(
  hypotheses: readonly Hypothesis[],
  { speech, rivals = [], behindNats = new Map() }: DecisionEvidence,
  settings: DecisionSettings,
): Pick<Understanding, "intent" | "decision" | "candidates" | "further"> {
  const best = hypotheses[0];
  if (best === undefined || !isSpeech(speech, settings.speech)) {
    return { intent: null, decision: "reject", candidates: [] };
  }
  const behindBest = ({ text, sequence }: Hypothesis): number =>
    behindNats.get(text) ?? best.sequence.score - sequence.score;
  const near = hypotheses.filter(
    (other) => isOther(other, best) && behindBest(other) < settings.marginNats,
  );
  const candidates = firstOfEachIntent(hypotheses.filter((each) => !hasNegative(each)))
    .slice(0, MAX_CANDIDATES)
    .map((hypothesis): IntentMatch => {
      const measures = measuresOf(hypothesis, speech, rivals, settings);
      const confidence = phraseConfidence(measures, settings);
      return { name: hypothesis.intent, confidence, slots: hypothesis.slots };
    });
  const [first] = candidates;
  if (
    first === undefined ||
    first.confidence < settings.minConfidence ||
    [best, ...near].some(hasNegative)
  ) {
    return { intent: null, decision: "reject", candidates };
  }
  return near.length > 0
    ? { intent: null, decision: "ambiguous", candidates }
    : { intent: first, decision: "accept", candidates, ...toFurther(best, first) };
}

/** Whether a command was negated, by the mean of `GrammarDecoder.negationNats` over the passes that have its text. */
export function isNegated(
  nats: readonly number[],
  { negationNats }: Pick<DecisionSettings, "negationNats">,
): boolean {
  return nats.length > 0 && mean(nats) > negationNats;
}

/** Whether any of its commands is one that must be rejected. */
function hasNegative({ intent, further }: Hypothesis): boolean {
  return intent === NEGATIVE_INTENT || further.some((each) => each.intent === NEGATIVE_INTENT);
}

function toFurther(
  { further }: Hypothesis,
  { confidence }: IntentMatch,
): Pick<Understanding, "further"> {
  if (further.length === 0) return {};
  return { further: further.map(({ intent, slots }) => ({ name: intent, confidence, slots })) };
}

/** Whether it has another intent and other words. */
function isOther({ intent, text }: Hypothesis, best: Hypothesis): boolean {
  return intent !== best.intent && text !== best.text;
}
