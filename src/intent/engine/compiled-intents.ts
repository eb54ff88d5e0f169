import type { Automaton } from "../../grammar/automaton.ts";
import { compileAutomaton } from "../../grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../grammar/templates/load-templates.ts";
import type { Language } from "../../languages/language.ts";
import type { IntentSettings } from "../settings/intent-settings.ts";
import { Matcher } from "./matcher.ts";
import { learnPhrases, type LearntPhrases } from "./phrase-intents.ts";

/** Templates of one language, compiled and learnt from; plain data that can be kept on disk. */
export type CompiledIntents = {
  readonly automaton: Automaton;
  readonly skipWords: readonly string[];
  readonly negatives: readonly string[];
  readonly learnt: LearntPhrases | undefined;
};

/** Everything that compiled templates depend on. */
export type IntentSources = {
  /** Files and folders of templates. */
  readonly intents: readonly string[];
  /** Files and folders with the values of lists that are known only at run time. */
  readonly lists: readonly string[];
  readonly language: Language;
  /** Language of the fallback, whose files are left out. */
  readonly otherLanguage?: Language | undefined;
  readonly settings: IntentSettings;
};

/** @throws EarshotError TEMPLATES_INVALID with the place of the first mistake */
export function compileIntents(sources: IntentSources): CompiledIntents {
  const templates = loadTemplates(sources.intents, sources);
  const automaton = compileAutomaton(templates);
  const { skipWords, negatives } = templates;
  const matcher = new Matcher(automaton, sources.settings, { skipWords });
  const accepts = (text: string): boolean => matcher.matchExactly(text) !== undefined;
  const learnt = learnPhrases(templates, accepts, sources.settings.examples);
  return { automaton, skipWords, negatives, learnt };
}
