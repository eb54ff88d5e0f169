import type { SlotValue } from "../../grammar/automaton.ts";
import type { IntentMatch } from "../../grammar/understanding.ts";
import { type SlotFinding, type Outcome, OUTCOMES } from "./outcome.ts";
import { checkSlot, type SlotCheck } from "./slot-check.ts";

export type Verdict = {
  /** The worst of the findings. */
  readonly outcome: Outcome;
  readonly slots: Readonly<Record<string, SlotValue>>;
  readonly findings: readonly SlotFinding[];
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
