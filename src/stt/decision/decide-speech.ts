import { NEGATIVE_INTENT } from "../../grammar/own-intents.ts";
import type { IntentMatch, Understanding } from "../../grammar/understanding.ts";
import { EDGE_PHONES } from "../scoring/template-words.ts";
import type { Reading } from "../scoring/hypothesis.ts";
import { leadOver, type OtherWords } from "./free-speech-rival.ts";
import type { SpeechEvidence } from "../scoring/speech-evidence.ts";

/**
 * The phones of speech are surer than this on average, even in a noisy kitchen; what a kitchen alone makes
 * the model hear is not. Of a few phones the average says less.
 */
const LEAST_PHONE_LOG_PROB = -0.85;
const LEAST_OF_FEW = -1.3;
const FEW_PHONES = 8;
/** Confidence is 0.5 at these gaps, in nats a phone: of the whole utterance, and of the templates' own words. */
const EVEN_WHOLE_GAP_NATS = 2.6;
const WHOLE_GAP_SCALE_NATS = 0.5;
const EVEN_GAP_NATS = 2.6;
const GAP_SCALE_NATS = 0.2;
/** Where any words may be said between them, the templates' own find places that suit them by chance. */
const EVEN_GAP_OF_OPEN_NATS = 1.3;
/**
 * One wrong word among many is not seen in the mean: "turn up the light" is not "turn off the light", nor "don't turn it
 * on" what it is without "don't". In nats a phone of the word that fits worst, and in nats of a stretch that no word
 * accounts for. Three in two hundred of people's orders are above these (bench/speech.ts).
 */
const EVEN_WORST_WORD_NATS = 4.8;
const WORST_WORD_SCALE_NATS = 0.4;
const EVEN_UNCLAIMED_NATS = 24;
const UNCLAIMED_SCALE_NATS = 2;
/**
 * Sentences of so few phones fit much by chance, and are badly cut out: no gap tells much. Whether other words
 * fit better does, what is surprising in either counted: 0.5 where these are ahead by so much in the mean.
 */
const SHORT_PHONES = 12;
const EVEN_LEAD_NATS = 11.5;
const LEAD_SCALE_NATS = 2;
/** The least confidence that is acted on. */
const LEAST_CONFIDENCE = 0.5;
/** Another meaning this near, in nats, makes the choice a question; the mean over the listenings. */
const MARGIN_NATS = 0.7;
const MOST_CANDIDATES = 5;
/**
 * A negation that fits better by so many nats was said. Of 1,800 synthetic sentences without one, three are above; of
 * those with "euh" behind the verb, one in six.
 */
const MOST_NEGATED_NATS = 2;

/** Whether somebody spoke at all. */
export function isSpeech(evidence: SpeechEvidence): boolean {
  const least = evidence.phones <= FEW_PHONES ? LEAST_OF_FEW : LEAST_PHONE_LOG_PROB;
  return evidence.phoneLogProb > least;
}

/** Whether `decideSpeech` wants to know what else each listening may have heard. */
export function isShort({ phones, isOpen }: Reading): boolean {
  return !isOpen && phones <= SHORT_PHONES;
}

/** Whether a command is said not to be wanted, by `GrammarDecoder.negatedNats` in each listening that hears it. */
export function isNegated(nats: readonly number[]): boolean {
  const mean = nats.reduce((sum, each) => sum + each, 0) / nats.length;
  return mean > MOST_NEGATED_NATS;
}

/**
 * Accepts the best reading, asks between near ones, or rejects.
 * @param readings best first
 * @param others what else each listening may have heard; for a short best reading only
 * @param behindNats how far words lie behind the best by all listenings; by the scores of these readings where it lacks them
 */
export function decideSpeech(
  readings: readonly Reading[],
  evidence: SpeechEvidence,
  others: readonly OtherWords[] = [],
  behindNats: ReadonlyMap<string, number> = new Map(),
): Pick<Understanding, "intent" | "decision" | "candidates" | "further"> {
  const best = readings[0];
  if (best === undefined || !isSpeech(evidence)) {
    return { intent: null, decision: "reject", candidates: [] };
  }
  const rivals = readings.filter((reading) => isRival(reading, best, behindNats));
  const meant = readings.filter((reading) => !saysNegative(reading));
  const candidates = bestOfEachIntent(meant)
    .slice(0, MOST_CANDIDATES)
    .map((reading) => toMatch(reading, evidence, others));
  const [first] = candidates;
  if (
    first === undefined ||
    first.confidence < LEAST_CONFIDENCE ||
    [best, ...rivals].some(saysNegative)
  ) {
    return { intent: null, decision: "reject", candidates };
  }
  return rivals.length > 0
    ? { intent: null, decision: "ambiguous", candidates }
    : { intent: first, decision: "accept", candidates, ...toFurther(best, first) };
}

/** Whether any sentence of it must be rejected. */
function saysNegative({ intent, further }: Reading): boolean {
  return intent === NEGATIVE_INTENT || further.some((said) => said.intent === NEGATIVE_INTENT);
}

function toFurther(
  { further }: Reading,
  { confidence }: IntentMatch,
): Pick<Understanding, "further"> {
  if (further.length === 0) return {};
  return { further: further.map(({ intent, slots }) => ({ name: intent, confidence, slots })) };
}

/** Another sequence of words of another intent that sounds almost the same. */
function isRival(
  { intent, text, hypothesis }: Reading,
  best: Reading,
  behindNats: ReadonlyMap<string, number>,
): boolean {
  if (intent === best.intent || text === best.text) return false;
  return (behindNats.get(text) ?? best.hypothesis.score - hypothesis.score) < MARGIN_NATS;
}

function bestOfEachIntent(readings: readonly Reading[]): Reading[] {
  const best = new Map<string, Reading>();
  for (const reading of readings) if (!best.has(reading.intent)) best.set(reading.intent, reading);
  return [...best.values()];
}

function toMatch(
  reading: Reading,
  evidence: SpeechEvidence,
  others: readonly OtherWords[],
): IntentMatch {
  const confidence = Math.round(confidenceOf(reading, evidence, others) * 1000) / 1000;
  return { name: reading.intent, confidence, slots: reading.slots };
}

function confidenceOf(
  reading: Reading,
  evidence: SpeechEvidence,
  others: readonly OtherWords[],
): number {
  const lead = leadOver(reading, others);
  if (lead !== undefined) return falling((lead - EVEN_LEAD_NATS) / LEAD_SCALE_NATS);
  const { hypothesis, gapNats, worstWordNats, unclaimedNats, isOpen } = reading;
  const sound = hypothesis.score + hypothesis.costNats;
  const wholeGap = (evidence.freeScore - sound) / (evidence.phones + EDGE_PHONES);
  const evenGap = isOpen ? EVEN_GAP_OF_OPEN_NATS : EVEN_GAP_NATS;
  return Math.min(
    falling((wholeGap - EVEN_WHOLE_GAP_NATS) / WHOLE_GAP_SCALE_NATS),
    falling((gapNats - evenGap) / GAP_SCALE_NATS),
    falling((worstWordNats - EVEN_WORST_WORD_NATS) / WORST_WORD_SCALE_NATS),
    falling((unclaimedNats - EVEN_UNCLAIMED_NATS) / UNCLAIMED_SCALE_NATS),
  );
}

/** From 1 to 0, 0.5 at 0. */
function falling(x: number): number {
  return 1 / (1 + Math.exp(x));
}
