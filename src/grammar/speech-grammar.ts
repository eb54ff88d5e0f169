import type { Language } from "../language.ts";
import type { Automaton } from "./automaton.ts";
import { NEGATIVE_INTENT, plainSentence } from "./own-intents.ts";
import { RootNet } from "./root-net.ts";
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
const MOST_COMMANDS = 3;
/** One sentence in fifty is more than one command. */
const FURTHER_COST = Math.log(50);

/** What may be heard by templates: one command, or several with a word between them, or a negative. */
export function speechGrammar(
  automaton: Automaton,
  { negatives }: SpeechGrammarOptions,
): Automaton {
  const { language } = automaton;
  const root = new RootNet(automaton, "commands");
  addCommands(root, language);
  const sentences = new Map(
    negatives.map((text) => [
      tokenize(normalizeText(text), language).map(({ word }) => word),
      text,
    ]),
  );
  const cost = Math.log(Math.max(1, sentences.size));
  for (const [words, text] of sentences) {
    const output = root.addOutput(plainSentence(NEGATIVE_INTENT, `negative "${text}"`));
    if (words.length > 0) root.addWords(root.start, root.final, words, { cost, output });
  }
  return root.toAutomaton();
}

function addCommands(root: RootNet, language: Language): void {
  const output = root.addOutput({ type: "further" });
  let before = root.start;
  for (let count = 1; count <= MOST_COMMANDS; count++) {
    const said = root.addState();
    root.addSentences(before, said);
    root.addSilence(said, root.final);
    if (count === MOST_COMMANDS) break;
    before = root.addState();
    const words = BETWEEN[language];
    const cost = FURTHER_COST + Math.log(words.length);
    for (const phrase of words) root.addWords(said, before, phrase.split(" "), { cost, output });
  }
}
