import type { Language } from "../languages/language.ts";
import { packOf } from "../languages/packs.ts";
import type { Automaton } from "./automaton.ts";
import { NEGATIVE_INTENT, plainSentence } from "./own-intents.ts";
import { RootNet } from "./compile/root-net.ts";
import { normalizeText, tokenize } from "./text/tokenize.ts";

export type SpeechGrammarOptions = {
  /** Phrases that must be rejected. They compete with the commands, so that none of them is recognised as one. */
  readonly negatives: readonly string[];
};

/** Nats for words around a command, as if one sentence in twenty had them. */
const AROUND_COST = Math.log(20);
/** Bounds the commands in one sentence. */
const MAX_COMMANDS = 3;
/** Nats for a further command, as if one sentence in fifty had one. */
const FURTHER_COST = Math.log(50);

/**
 * The automaton for speech. It accepts one command, or several with a word between them, with polite words around them.
 * It rejects (NEGATIVE_INTENT) the negatives, and a command after a negation.
 */
export function speechGrammar(
  automaton: Automaton,
  { negatives }: SpeechGrammarOptions,
): Automaton {
  const { language } = automaton;
  const root = new RootNet(automaton, "commands");
  addCommands(root, language);
  const sentences = new Map(negatives.map((text) => [wordsOf(text, language).join(" "), text]));
  const cost = Math.log(Math.max(1, sentences.size));
  for (const text of sentences.values()) {
    const words = wordsOf(text, language);
    const output = root.addOutput(plainSentence(NEGATIVE_INTENT, `negative "${text}"`));
    if (words.length > 0) root.addWords(root.start, root.final, words, { cost, output });
  }
  return root.toAutomaton();
}

/** All words that may precede, separate or follow commands. */
export function wordsAround(language: Language): ReadonlySet<string> {
  const { before, negatedBefore, between, after } = packOf(language).words;
  const phrases = [before, negatedBefore, between, after].flat();
  return new Set(phrases.flatMap((phrase) => wordsOf(phrase, language)));
}

function addCommands(root: RootNet, language: Language): void {
  const { words } = packOf(language);
  const output = root.addOutput({ type: "further" });
  let before = root.addState();
  root.addSilence(root.start, before);
  addAround(root, root.start, before, words.before, language);
  addNegated(root, language);
  for (let count = 1; count <= MAX_COMMANDS; count++) {
    const said = root.addState();
    root.addSentences(before, said);
    root.addSilence(said, root.final);
    addAround(root, said, root.final, words.after, language);
    if (count === MAX_COMMANDS) break;
    before = root.addState();
    const cost = FURTHER_COST + Math.log(words.between.length);
    for (const phrase of words.between)
      root.addWords(said, before, phrase.split(" "), { cost, output });
  }
}

function addNegated(root: RootNet, language: Language): void {
  const [negated, said] = [root.addState(), root.addState()];
  addAround(root, root.start, negated, packOf(language).words.negatedBefore, language);
  root.addSentences(negated, said);
  const output = root.addOutput(plainSentence(NEGATIVE_INTENT, "a command that is not wanted"));
  root.addSilence(said, root.final, { output });
}

function addAround(
  root: RootNet,
  from: number,
  target: number,
  phrases: readonly string[],
  language: Language,
): void {
  const cost = AROUND_COST + Math.log(phrases.length);
  for (const phrase of phrases) root.addWords(from, target, wordsOf(phrase, language), { cost });
}

function wordsOf(text: string, language: Language): string[] {
  return tokenize(normalizeText(text), language).map(({ word }) => word);
}
