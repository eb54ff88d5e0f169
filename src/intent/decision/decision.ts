import { firstOfEachIntent, roundConfidence } from "../../grammar/candidates.ts";
import type { Decision, Understanding } from "../../grammar/understanding.ts";
import type { Parse } from "../alignment/parse.ts";
import type { DecisionSettings } from "../settings/decision-settings.ts";
import { confidenceOf } from "./confidence.ts";

/** Bounds the candidates that an understanding lists. */
const MAX_CANDIDATES = 5;
/** Costs that differ by less than this are equal: they are sums of single-precision numbers. */
const EQUAL_COST = 1e-6;

/**
 * Accepts the best parse, asks between parses that are near each other, or rejects. It rejects a confidence below the
 * threshold, a text that lacks the telling words, and a negated command.
 * @param threshold lowest confidence that is accepted, 0 … 1
 */
export function decide(
  parses: readonly Parse[],
  threshold: number,
  settings: DecisionSettings,
): Pick<Understanding, "intent" | "decision" | "candidates"> {
  const ranked = bestOfEachIntent(parses);
  const [first, second] = ranked;
  if (!first || first.isNegated) return { intent: null, decision: "reject", candidates: [] };
  const candidates = ranked.slice(0, MAX_CANDIDATES).map((parse) => ({
    name: parse.intent,
    confidence: roundConfidence(confidenceOf(parse, parse === first ? second : first, settings)),
    slots: parse.slots,
  }));
  const confidence = confidenceOf(first, second, settings);
  const decision = decideOn(first, second, confidence >= threshold, settings);
  return { intent: decision === "accept" ? (candidates[0] ?? null) : null, decision, candidates };
}

/** The best parse of every intent, the best first. */
export function bestOfEachIntent<P extends Pick<Parse, "intent" | "cost" | "sentence">>(
  parses: readonly P[],
): P[] {
  return firstOfEachIntent(parses.toSorted(compare));
}

function decideOn(
  first: Parse,
  second: Parse | undefined,
  isSure: boolean,
  settings: DecisionSettings,
): Decision {
  if (!isSure || !first.tells) return "reject";
  return second && areRivals(first, second, settings) ? "ambiguous" : "accept";
}

/** Whether the text does not tell which of the two parses is meant. */
function areRivals(first: Parse, second: Parse, settings: DecisionSettings): boolean {
  if (first.distance === 0 || first.sentence.priority !== second.sentence.priority) return false;
  // Word for word, apart from hesitations.
  if (first.edits === "") return false;
  // The same noise in both: the templates themselves say which of the two is meant.
  if (first.edits === second.edits && first.cost < second.cost) return false;
  const margin = likeness(first, settings) - likeness(second, settings);
  // "turn the light": the missing word is the one that tells on from off.
  const lacksTheDifference = second.cost - first.cost < first.missing * settings.missingShare;
  return margin < settings.minLikenessMargin || lacksTheDifference;
}

function compare(a: Pick<Parse, "cost" | "sentence">, b: Pick<Parse, "cost" | "sentence">): number {
  const equal = Math.abs(a.cost - b.cost) < EQUAL_COST;
  return equal ? b.sentence.priority - a.sentence.priority : a.cost - b.cost;
}

/** 0 … 1 */
function likeness({ distance, isOpen }: Parse, settings: DecisionSettings): number {
  return Math.exp(-settings.likenessDecay * distance * (isOpen ? settings.openDecayFactor : 1));
}
