import type { SlotValue } from "../grammar/automaton.ts";
import type { IntentMatch } from "../grammar/understanding.ts";
import { checkSlot, type SlotCheck } from "./slot-check.ts";

/**
 * What the rules of an intent make of a command. `confirmed` and `hedged`: a name was found in the catalogue, for sure
 * or perhaps; `capped`: a number was too small or too large. `missing` and `rejected`: nothing is to be done.
 */
export type Outcome = "accepted" | "confirmed" | "capped" | "hedged" | "missing" | "rejected";

/** What a rule had to say about a slot. */
export type Finding = {
  readonly outcome: Exclude<Outcome, "accepted">;
  readonly slot: string;
  /** The value that counts from here on, if there is one. */
  readonly value?: SlotValue;
};

export type Verdict = {
  /** The worst of the findings. */
  readonly outcome: Outcome;
  readonly slots: Readonly<Record<string, SlotValue>>;
  readonly findings: readonly Finding[];
  /** Key of the reply for this outcome, if the rules name one. */
  readonly reply: string | undefined;
};

export type IntentRules = {
  readonly slots: ReadonlyMap<string, SlotCheck>;
  /** Keys of replies. */
  readonly replies: ReadonlyMap<Outcome, string>;
};

/** Judges a command by the rules of its intent. Undefined: it has none. */
export type IntentCheck = (intent: IntentMatch) => Verdict | undefined;

/** From the best to the worst. */
export const OUTCOMES: readonly Outcome[] = [
  ...(["accepted", "confirmed", "capped", "hedged", "missing", "rejected"] as const),
];

export function toIntentCheck(rules: ReadonlyMap<string, IntentRules>): IntentCheck {
  return ({ name, slots }) => {
    const own = rules.get(name);
    return own && judge(slots, own);
  };
}

function judge(slots: IntentMatch["slots"], rules: IntentRules): Verdict {
  const findings = Array.from(rules.slots, ([slot, check]) =>
    checkSlot(slot, slots[slot], check),
  ).filter((finding) => finding !== undefined);
  const worst = Math.max(0, ...findings.map(({ outcome }) => OUTCOMES.indexOf(outcome)));
  const outcome = OUTCOMES[worst] ?? "accepted";
  const changed = findings.flatMap(({ slot, value }) =>
    value === undefined ? [] : [[slot, value]],
  );
  return {
    outcome,
    slots: { ...slots, ...Object.fromEntries(changed) },
    findings,
    reply: rules.replies.get(outcome),
  };
}
