import path from "node:path";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import { openSound } from "../../src/intent/words/spoken-words.ts";
import { readIntentSettings } from "../../src/intent/settings/read-settings.ts";
import { Matcher } from "../../src/intent/engine/matcher.ts";
import { type Sound, WordComparer } from "../../src/intent/words/word-comparer.ts";
import type { Context } from "../../src/grammar/context.ts";
import type { Understanding } from "../../src/grammar/understanding.ts";
import type { Language } from "../../src/languages/language.ts";
import {
  type HomeTest,
  type HomeTestGroup,
  homeTestGroups,
  type Layout,
} from "./home-assistant-tests.ts";
import { judge, type Verdict } from "./judge.ts";

export const MODEL = path.resolve(import.meta.dirname, "../../models/embedded");
/** The settings in force. */
export const SETTINGS = readIntentSettings();

type Outcome = HomeTest & {
  readonly verdict: Verdict;
  /** The best candidate, as JSON. */
  readonly answer: string;
};

export type Match = (text: string, context: Context) => Understanding;

export type Built = {
  readonly templates: number;
  readonly loadMs: number;
  readonly compileMs: number;
  readonly states: number;
  readonly arcs: number;
};

export type Result = Built & {
  readonly layout: Layout;
  readonly language: Language;
  readonly outcomes: readonly Outcome[];
  /** Per sentence. */
  readonly tookMs: readonly number[];
};

/** Runs all tests of Home Assistant of one layout and language. */
export async function measure(layout: Layout, language: Language): Promise<Result> {
  const sound = await openSound(MODEL, language);
  const outcomes: Outcome[] = [];
  const tookMs: number[] = [];
  let largest: Built = { templates: 0, loadMs: 0, compileMs: 0, states: 0, arcs: 0 };
  for (const group of homeTestGroups(layout, language)) {
    const { match, built } = build(group, language, sound);
    if (built.templates > largest.templates) largest = built;
    for (const test of group.tests) {
      const begun = performance.now();
      const answer = match(test.sentence, test.context);
      tookMs.push(performance.now() - begun);
      const best = answer.intent ?? answer.candidates[0] ?? null;
      outcomes.push({ ...test, verdict: judge(answer, test), answer: JSON.stringify(best) });
    }
  }
  return { layout, language, outcomes, tookMs, ...largest };
}

/** Loads and compiles the templates and lists of a group of tests. */
export function build(
  { intents, lists }: Pick<HomeTestGroup, "intents" | "lists">,
  language: Language,
  sound: Sound | undefined,
): { match: Match; built: Built } {
  const begun = performance.now();
  const templates = loadTemplates(intents, { language, lists });
  const loaded = performance.now();
  const automaton = compileAutomaton(templates);
  const compiled = performance.now();
  const matcher = new Matcher(automaton, SETTINGS, { skipWords: templates.skipWords });
  const comparer = new WordComparer(automaton.words, SETTINGS.words, sound);
  return {
    match: (text, context) => matcher.match(text, context, comparer),
    built: {
      templates: templates.blocks.reduce((sum, block) => sum + block.sentences.length, 0),
      loadMs: loaded - begun,
      compileMs: compiled - loaded,
      states: automaton.arcFirst.length - 1,
      arcs: automaton.arcKind.length,
    },
  };
}
