import type { Decision, IntentMatch, Understanding } from "../grammar/understanding.ts";
import type { Reading } from "./reading.ts";

/** A distance of 0.3 has a confidence of 0.35. */
const FALL = 3.5;
/** Another intent this near in distance makes the choice a question. */
const MARGIN = 0.04;
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
  const rivals =
    second !== undefined &&
    first.distance > 0 &&
    second.distance - first.distance < MARGIN &&
    second.sentence.priority === first.sentence.priority;
  return rivals ? "ambiguous" : "accept";
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
