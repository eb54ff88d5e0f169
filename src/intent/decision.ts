import type { Decision, IntentMatch, Understanding } from "../grammar/understanding.ts";
import type { Reading } from "./reading.ts";

/** A distance of 0.34 has a confidence of 0.35: about one word in three misheard, left out or added. */
const FALL = 3.05;
/** Another intent this near in confidence makes the choice a question. */
const MARGIN = 0.07;
/** A reading that is worse than the best by less than this share of what the best misses is as likely. */
const SHARE_OF_MISSING = 0.6;
const MOST_CANDIDATES = 5;

/** Accepts the best reading, asks between near ones, or rejects. `threshold`: the least confidence, 0 … 1. */
export function decide(
  readings: readonly Reading[],
  threshold: number,
): Pick<Understanding, "intent" | "decision" | "candidates"> {
  const best = new Map<string, Reading>();
  for (const reading of readings.toSorted(compare))
    if (!best.has(reading.intent)) best.set(reading.intent, reading);
  const ranked = [...best.values()];
  const candidates = ranked.slice(0, MOST_CANDIDATES).map(toMatch);
  const decision = decideOn(ranked, threshold);
  return { intent: decision === "accept" ? (candidates[0] ?? null) : null, decision, candidates };
}

function decideOn([first, second]: readonly Reading[], threshold: number): Decision {
  if (!first || confidence(first) < threshold) return "reject";
  return second && areRivals(first, second) ? "ambiguous" : "accept";
}

/** Whether it takes more than the text has to tell which of two readings was meant. */
function areRivals(first: Reading, second: Reading): boolean {
  if (first.distance === 0 || first.sentence.priority !== second.sentence.priority) return false;
  // Without the noise it would be as it is with it: the templates say which of the two is meant.
  if (first.edits === second.edits && first.cost < second.cost) return false;
  const near = confidence(first) - confidence(second) < MARGIN;
  // "turn the light": the word that would have told on from off is the one that is missing.
  const missedTheDifference = second.cost - first.cost < first.missing * SHARE_OF_MISSING;
  return near || missedTheDifference;
}

function compare(a: Reading, b: Reading): number {
  const equal = Math.abs(a.cost - b.cost) < 1e-6;
  return equal ? b.sentence.priority - a.sentence.priority : a.cost - b.cost;
}

function confidence({ distance }: Reading): number {
  return Math.exp(-FALL * distance);
}

function toMatch(reading: Reading): IntentMatch {
  const rounded = Math.round(confidence(reading) * 1000) / 1000;
  return { name: reading.intent, confidence: rounded, slots: reading.slots };
}
