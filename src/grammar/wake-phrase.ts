import { EarshotError } from "../errors.ts";
import type { Language } from "../languages/language.ts";
import type { Automaton } from "./automaton.ts";
import { NEGATIVE_INTENT, plainSentence, WAKE_INTENT } from "./own-intents.ts";
import { RootNet } from "./compile/root-net.ts";
import { normalizeText, tokenize } from "./text/tokenize.ts";

/** Nats for the phrase alone and for the phrase with a command, which are equally likely. */
const HALF = Math.log(2);

/**
 * The automaton for speech while asleep. It accepts the wake phrase alone (intent WAKE_INTENT), and the wake phrase
 * followed by any command of `automaton`, which becomes a net that the new root calls. A command without the phrase is
 * rejected (NEGATIVE_INTENT); it must compete, or the search would find the phrase in a command to somebody else.
 * @throws EarshotError CONFIG_INVALID if the phrase has no words
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
  const unasked = root.addState();
  const negative = root.addOutput(plainSentence(NEGATIVE_INTENT, "no wake phrase"));
  root.addSentences(root.start, unasked);
  root.addSilence(unasked, root.final, { output: negative });
  return root.toAutomaton();
}

/** The words of a wake phrase, as the automaton has them. */
export function wakeWords(phrase: string, language: Language): string[] {
  return tokenize(normalizeText(phrase), language).map(({ word }) => word);
}
