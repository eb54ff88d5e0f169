import type { IntentMatch, Understanding } from "../../grammar/understanding.ts";
import type { Reading } from "./grammar-decoder.ts";
import type { SpeechEvidence } from "./speech-evidence.ts";
import type { Hypothesis } from "./word-history.ts";

/**
 * The phones of speech are surer than this on average, even in a noisy kitchen; what a kitchen alone makes
 * the model hear is not.
 */
const LEAST_PHONE_LOG_PROB = -1;
/** Confidence is 0.5 at this gap per phone, in nats, and falls over about this much. */
const EVEN_GAP_NATS = 2.2;
const GAP_SCALE_NATS = 0.5;
/** Counted as phones too: short words have a larger share of uncertain beginnings and ends. */
const EDGE_PHONES = 2;
/** The least confidence that is acted on. */
const LEAST_CONFIDENCE = 0.5;
/** Another meaning this near, in nats, makes the choice a question. */
const MARGIN_NATS = 0.7;
const MOST_CANDIDATES = 5;

/**
 * How much worse the sentence explains the sound than a free sequence of phones does, per phone: small for
 * sentences of the templates, large for anything else that was said.
 */
export function gapPerPhone(hypothesis: Hypothesis, evidence: SpeechEvidence): number {
  const gap = evidence.freeScore - (hypothesis.score + hypothesis.costNats);
  return gap / (evidence.phones + EDGE_PHONES);
}

/** Whether somebody spoke at all. */
export function isSpeech(evidence: SpeechEvidence): boolean {
  return evidence.phoneLogProb > LEAST_PHONE_LOG_PROB;
}

/** 0…1, from the gap per phone. */
export function confidenceOf(gapNats: number): number {
  const confidence = 1 / (1 + Math.exp((gapNats - EVEN_GAP_NATS) / GAP_SCALE_NATS));
  return Math.round(confidence * 1000) / 1000;
}

/** Accepts the best reading, asks between near ones, or rejects. @param readings best first */
export function decideSpeech(
  readings: readonly Reading[],
  evidence: SpeechEvidence,
): Pick<Understanding, "intent" | "decision" | "candidates"> {
  const best = readings[0];
  if (best === undefined || !isSpeech(evidence)) {
    return { intent: null, decision: "reject", candidates: [] };
  }
  const candidates = bestOfEachIntent(readings)
    .slice(0, MOST_CANDIDATES)
    .map((reading) => toMatch(reading, evidence));
  const [first] = candidates;
  if (first === undefined || first.confidence < LEAST_CONFIDENCE) {
    return { intent: null, decision: "reject", candidates };
  }
  const isAmbiguous = readings.some((r) => isRival(r, best));
  return isAmbiguous
    ? { intent: null, decision: "ambiguous", candidates }
    : { intent: first, decision: "accept", candidates };
}

/** Another sequence of words of another intent that sounds almost the same. */
function isRival(reading: Reading, best: Reading): boolean {
  return (
    reading.intent !== best.intent &&
    reading.text !== best.text &&
    best.hypothesis.score - reading.hypothesis.score < MARGIN_NATS
  );
}

function bestOfEachIntent(readings: readonly Reading[]): Reading[] {
  const best = new Map<string, Reading>();
  for (const reading of readings) if (!best.has(reading.intent)) best.set(reading.intent, reading);
  return [...best.values()];
}

function toMatch(reading: Reading, evidence: SpeechEvidence): IntentMatch {
  return {
    name: reading.intent,
    confidence: confidenceOf(gapPerPhone(reading.hypothesis, evidence)),
    slots: reading.slots,
  };
}
