import type { SlotValue } from "../grammar/automaton.ts";
import type { IntentMatch } from "../grammar/understanding.ts";

/** What a rule had to say about a slot. */
export type Finding = {
  readonly outcome: "capped" | "hedged" | "missing" | "rejected";
  readonly slot: string;
  /** The value that counts from here on, if there is one. */
  readonly value?: SlotValue;
};

export type Verdict = {
  /** `missing` and `rejected`: nothing is to be done. Otherwise `slots` count; `hedged`: it may be another. */
  readonly outcome: "accepted" | Finding["outcome"];
  readonly slots: Readonly<Record<string, SlotValue>>;
  readonly findings: readonly Finding[];
  /** Key of the reply for this outcome, if the rules name one. */
  readonly reply: string | undefined;
};

/** Judges a command by the rules of its intent. Undefined: it has none. */
export type IntentCheck = (intent: IntentMatch) => Verdict | undefined;
