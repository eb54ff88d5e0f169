import type { Language } from "../languages/language.ts";
import type { Automaton } from "./automaton.ts";
import { NEGATIVE_INTENT, plainSentence } from "./own-intents.ts";
import { RootNet } from "./compile/root-net.ts";
import { normalizeText, tokenize } from "./text/tokenize.ts";

export type SpeechGrammarOptions = {
  /** Sentences that must be rejected: heard as such, they are not taken for the command nearest to them. */
  readonly negatives: readonly string[];
};

/** What may be said between two commands. */
const BETWEEN: Readonly<Record<Language, readonly string[]>> = {
  en: ["and", "then", "and then", "and also"],
  fr: ["et", "puis", "et puis", "ensuite", "et ensuite"],
};
/**
 * What people say around a command that changes nothing, and before one that they do not want. No "okay", "hey" or "bon":
 * of a short word these make what it is not ("zero" is "okay no").
 */
const BEFORE: Readonly<Record<Language, readonly string[]>> = {
  en: ["please", "uh", "um", "can you", "could you", "can you please", "could you please"],
  fr: ["s'il te plaît", "s'il vous plaît", "euh", "alors", "tu peux", "est-ce que tu peux"],
};
const AFTER: Readonly<Record<Language, readonly string[]>> = {
  en: ["please", "thanks", "thank you"],
  fr: ["s'il te plaît", "s'il vous plaît", "merci"],
};
const NEGATED: Readonly<Record<Language, readonly string[]>> = {
  en: ["don't", "do not", "never", "please don't", "please do not"],
  fr: ["ne", "n'", "ne pas"],
};
/** One sentence in twenty has such words. */
const AROUND_COST = Math.log(20);
const MOST_COMMANDS = 3;
/** One sentence in fifty is more than one command. */
const FURTHER_COST = Math.log(50);

/**
 * What may be heard by templates: one command, or several with a word between them, politely or not; or a negative, which
 * a command after "don't" is, too.
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

/** All words that may be said before, between and after commands. */
export function wordsAround(language: Language): ReadonlySet<string> {
  const phrases = [BEFORE, NEGATED, BETWEEN, AFTER].flatMap((around) => around[language]);
  return new Set(phrases.flatMap((phrase) => wordsOf(phrase, language)));
}

function addCommands(root: RootNet, language: Language): void {
  const output = root.addOutput({ type: "further" });
  let before = root.addState();
  root.addSilence(root.start, before);
  addAround(root, root.start, before, BEFORE[language], language);
  addNegated(root, language);
  for (let count = 1; count <= MOST_COMMANDS; count++) {
    const said = root.addState();
    root.addSentences(before, said);
    root.addSilence(said, root.final);
    addAround(root, said, root.final, AFTER[language], language);
    if (count === MOST_COMMANDS) break;
    before = root.addState();
    const words = BETWEEN[language];
    const cost = FURTHER_COST + Math.log(words.length);
    for (const phrase of words) root.addWords(said, before, phrase.split(" "), { cost, output });
  }
}

function addNegated(root: RootNet, language: Language): void {
  const [negated, said] = [root.addState(), root.addState()];
  addAround(root, root.start, negated, NEGATED[language], language);
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
