import type { SlotValue } from "../../grammar/automaton.ts";

/**
 * What the rules of an intent make of a command. `confirmed` and `hedged`: a name was found in the catalogue, for sure
 * or perhaps; `capped`: a number was too small or too large. `missing` and `rejected`: nothing is to be done.
 */
export type Outcome = "accepted" | "confirmed" | "capped" | "hedged" | "missing" | "rejected";

/** The result of a rule for one slot. */
export type SlotFinding = {
  readonly outcome: Exclude<Outcome, "accepted">;
  readonly slot: string;
  /** The value that counts from here on, if there is one. */
  readonly value?: SlotValue;
};

/** From the best to the worst. */
export const OUTCOMES: readonly Outcome[] = [
  ...(["accepted", "confirmed", "capped", "hedged", "missing", "rejected"] as const),
];
