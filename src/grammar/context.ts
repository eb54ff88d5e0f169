import type { SentenceOutput, SlotScalar } from "./automaton.ts";

/** What the caller knows when a command is given: where the speaker is, which kind of device is meant. */
export type Context = Readonly<Record<string, SlotScalar>>;

/** Whether the context allows a template. Decoders skip those that it does not allow. */
export function contextAllows(sentence: SentenceOutput, context: Context): boolean {
  for (const key of sentence.contextSlots) if (context[key] === undefined) return false;
  for (const [key, accepted] of Object.entries(sentence.requiresContext)) {
    const given = context[key];
    if (given === undefined || (accepted !== null && !accepted.includes(given))) return false;
  }
  for (const [key, accepted] of Object.entries(sentence.agreesWithContext)) {
    const given = context[key];
    if (given !== undefined && !accepted.includes(given)) return false;
  }
  return Object.entries(sentence.excludesContext).every(([key, excluded]) => {
    const given = context[key];
    return given === undefined || !excluded.includes(given);
  });
}
