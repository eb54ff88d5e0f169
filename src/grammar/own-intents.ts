import type { SentenceOutput } from "./automaton.ts";

/** Intent of the wake phrase alone. */
export const WAKE_INTENT = "earshot.wake";

/** Intent of a sentence that must be rejected. */
export const NEGATIVE_INTENT = "earshot.negative";

/** Whether the intent is Earshot's own, not the user's. */
export function isOwnIntent(intent: string): boolean {
  return intent.startsWith("earshot.");
}

/** The output of a template without slots or context. */
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
