import { EarshotError } from "../errors.ts";
import type { Language } from "../language.ts";
import type { Automaton, SentenceOutput } from "./automaton.ts";
import { RootNet } from "./root-net.ts";
import { normalizeText, tokenize } from "./text/tokenize.ts";

/** The intent of a wake phrase said alone. */
export const WAKE_INTENT = "earshot.wake";

/** Whether it is none of the user's. */
export function isOwnIntent(intent: string): boolean {
  return intent.startsWith("earshot.");
}

/** Saying the phrase alone is as likely as saying it with a command. */
const HALF = Math.log(2);

/**
 * The automaton of what may be said while asleep: the wake phrase alone (intent WAKE_INTENT), or the wake
 * phrase and then any sentence of `automaton`. That one becomes a net that the new root calls.
 * @throws EarshotError CONFIG_INVALID when the phrase has no words
 */
export function withWakePhrase(automaton: Automaton, phrase: string): Automaton {
  const words = wakeWords(phrase, automaton.language);
  if (words.length === 0) {
    throw new EarshotError("CONFIG_INVALID", `the wake phrase "${phrase}" has no words`);
  }
  const root = new RootNet(automaton, "wake phrase");
  const said = root.addState();
  const output = root.addOutput(plainSentence(WAKE_INTENT, `wake phrase "${phrase}"`));
  root.addWords(root.start, said, words);
  root.addSilence(said, root.final, { cost: HALF, output });
  root.addSentences(said, root.final, HALF);
  return root.toAutomaton();
}

/** The words of a wake phrase, as they are in the automaton. */
export function wakeWords(phrase: string, language: Language): string[] {
  return tokenize(normalizeText(phrase), language).map(({ word }) => word);
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
