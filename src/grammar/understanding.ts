import type { Language } from "../languages/language.ts";
import type { SlotValue } from "./automaton.ts";

/** `accept`: act on it. `ambiguous`: ask which of the candidates. `reject`: not a command. */
export type Decision = "accept" | "ambiguous" | "reject";

export type IntentMatch = {
  readonly name: string;
  /** 0…1 */
  readonly confidence: number;
  /** Canonical value per slot name. */
  readonly slots: Readonly<Record<string, SlotValue>>;
};

/** What a sentence, typed or spoken, means. */
export type Understanding = {
  readonly text: string;
  /** Null unless accepted. */
  readonly intent: IntentMatch | null;
  readonly decision: Decision;
  /** Best first, at most one per intent. */
  readonly candidates: readonly IntentMatch[];
  /** Commands said after the first in the same sentence, in order: "turn off the light and close the blinds". */
  readonly further?: readonly IntentMatch[];
  readonly language: Language;
};
