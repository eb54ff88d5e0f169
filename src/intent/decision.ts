import type { Interpretation } from "../grammar/interpret-path.ts";
import type { Decision, IntentMatch, Understanding } from "../grammar/understanding.ts";

/** A reading of a sentence. */
export type Scored = Interpretation & {
  /** Of its alignment with the template. */
  readonly cost: number;
  /** Cost per weight of the sentence: 0 word for word … 1 nothing in common. */
  readonly distance: number;
};

/** A distance of 0.3 has a confidence of 0.35. */
const FALL = 3.5;
/** Another intent this near in distance makes the choice a question. */
const MARGIN = 0.04;

/** Accepts the best reading, asks between near ones, or rejects. `threshold`: the least confidence, 0 … 1. */
export function decide(
  readings: readonly Scored[],
  threshold: number,
): Pick<Understanding, "intent" | "decision" | "candidates"> {
  const best = new Map<string, Scored>();
  for (const reading of readings.toSorted(compare))
    if (!best.has(reading.intent)) best.set(reading.intent, reading);
  const ranked = [...best.values()];
  const candidates = ranked.slice(0, 5).map(toMatch);
  const decision = decisionOn(ranked, threshold);
  return { intent: decision === "accept" ? (candidates[0] ?? null) : null, decision, candidates };
}

function decisionOn([first, second]: readonly Scored[], threshold: number): Decision {
  if (!first || confidence(first) < threshold) return "reject";
  const rivals = second && first.cost > 0.5 && second.distance - first.distance < MARGIN;
  return rivals ? "ambiguous" : "accept";
}

function compare(a: Scored, b: Scored): number {
  return a.cost - b.cost || b.sentence.priority - a.sentence.priority;
}

function confidence(reading: Scored): number {
  return Math.exp(-FALL * reading.distance);
}

function toMatch(reading: Scored): IntentMatch {
  return {
    name: reading.intent,
    confidence: Math.round(confidence(reading) * 1000) / 1000,
    slots: reading.slots,
  };
}
