import type { Automaton } from "../../grammar/automaton.ts";
import { compileAutomaton } from "../../grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../grammar/templates/load-templates.ts";
import type { Language } from "../../languages/language.ts";
import { Matcher } from "./matcher.ts";
import { learnPhrases, type LearntPhrases } from "./phrase-intents.ts";

/** Templates of one language, compiled and learnt from; plain data, to be kept on disk. */
export type CompiledIntents = {
  readonly automaton: Automaton;
  readonly skipWords: readonly string[];
  readonly negatives: readonly string[];
  readonly learnt: LearntPhrases | undefined;
};

export type IntentSources = {
  readonly intents: readonly string[];
  readonly lists: readonly string[];
  readonly language: Language;
  /** Files of this language are for the fallback. */
  readonly otherLanguage?: Language | undefined;
};

/** Throws TEMPLATES_INVALID with the place of the first mistake. */
export function compileIntents(sources: IntentSources): CompiledIntents {
  const templates = loadTemplates(sources.intents, sources);
  const automaton = compileAutomaton(templates);
  const { skipWords, negatives } = templates;
  const matcher = new Matcher(automaton, { skipWords });
  const learnt = learnPhrases(templates, (text) => matcher.matchExactly(text) !== undefined);
  return { automaton, skipWords, negatives, learnt };
}
