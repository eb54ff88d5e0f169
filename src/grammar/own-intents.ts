import type { SentenceOutput } from "./automaton.ts";

/** The intent of a wake phrase said alone. */
export const WAKE_INTENT = "earshot.wake";

/** The intent of a sentence that must be rejected. */
export const NEGATIVE_INTENT = "earshot.negative";

/** Whether it is none of the user's. */
export function isOwnIntent(intent: string): boolean {
  return intent.startsWith("earshot.");
}

/** A sentence that means itself alone. */
export function plainSentence(intent: string, place: string): SentenceOutput {
  return {
    type: "sentence",
    intent,
    slots: {},
    requiresContext: {},
    agreesWithContext: {},
    excludesContext: {},
    contextSlots: [],
    requiredKeywords: [],
    requiredSlots: [],
    priority: 0,
    place,
  };
}
