import type { Decision, Understanding } from "../../grammar/understanding.ts";
import { confidenceOf } from "./confidence.ts";
import type { Reading } from "../alignment/reading.ts";

/** Another intent whose sentences are this much less like the text, or less, makes the choice a question. */
const MARGIN = 0.08;
/** Likeness falls to 0.35 where one word in three is misheard, left out or added. */
const FALL = 3.05;
/** What is around a wildcard must fit the better. */
const WITH_WILDCARD = 2;
/** A reading that is worse than the best by less than this share of what the best misses is as likely. */
const SHARE_OF_MISSING = 0.6;
const MOST_CANDIDATES = 5;

/**
 * Accepts the best reading, asks between near ones, or rejects: below `threshold`, the least confidence (0 … 1), where
 * only a value that was not heard would tell what was asked, and what is said not to be wanted.
 */
export function decide(
  readings: readonly Reading[],
  threshold: number,
): Pick<Understanding, "intent" | "decision" | "candidates"> {
  const ranked = bestOfEachIntent(readings);
  if (ranked[0]?.isNegated) return { intent: null, decision: "reject", candidates: [] };
  const [first, second] = ranked;
  const exactly = ranked.map((reading) =>
    confidenceOf(reading, reading === first ? second : first),
  );
  const candidates = ranked.slice(0, MOST_CANDIDATES).map(({ intent, slots }, i) => ({
    name: intent,
    confidence: Math.round((exactly[i] ?? 0) * 1000) / 1000,
    slots,
  }));
  const decision = decideOn(ranked, exactly[0] ?? 0, threshold);
  return { intent: decision === "accept" ? (candidates[0] ?? null) : null, decision, candidates };
}

/** The best first. */
export function bestOfEachIntent<R extends Pick<Reading, "intent" | "cost" | "sentence">>(
  readings: readonly R[],
): R[] {
  const best = new Map<string, R>();
  for (const reading of readings.toSorted(compare))
    if (!best.has(reading.intent)) best.set(reading.intent, reading);
  return [...best.values()];
}

function decideOn(
  [first, second]: readonly Reading[],
  confidence: number,
  threshold: number,
): Decision {
  if (!first || confidence < threshold || !first.tells) return "reject";
  return second && areRivals(first, second) ? "ambiguous" : "accept";
}

/** Whether it takes more than the text has to tell which of two readings was meant. */
function areRivals(first: Reading, second: Reading): boolean {
  if (first.distance === 0 || first.sentence.priority !== second.sentence.priority) return false;
  // But for what people say while they think, it is word for word.
  if (first.edits === "") return false;
  // Without the noise it would be as it is with it: the templates say which of the two is meant.
  if (first.edits === second.edits && first.cost < second.cost) return false;
  const near = likeness(first) - likeness(second) < MARGIN;
  // "turn the light": the word that would have told on from off is the one that is missing.
  const missedTheDifference = second.cost - first.cost < first.missing * SHARE_OF_MISSING;
  return near || missedTheDifference;
}

function compare(
  a: Pick<Reading, "cost" | "sentence">,
  b: Pick<Reading, "cost" | "sentence">,
): number {
  const equal = Math.abs(a.cost - b.cost) < 1e-6;
  return equal ? b.sentence.priority - a.sentence.priority : a.cost - b.cost;
}

/** 0 … 1 */
function likeness({ distance, isOpen }: Reading): number {
  return Math.exp(-FALL * distance * (isOpen ? WITH_WILDCARD : 1));
}
