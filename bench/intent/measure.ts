import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import { Matcher } from "../../src/intent/matcher.ts";
import type { Language } from "../../src/language.ts";
import { type HomeTest, homeTestGroups, type Layout } from "./home-assistant-tests.ts";
import { judge, type Verdict } from "./judge.ts";

export type Outcome = HomeTest & { readonly verdict: Verdict; readonly answer: string };

export type Result = {
  readonly layout: Layout;
  readonly language: Language;
  readonly templates: number;
  readonly outcomes: readonly Outcome[];
  /** Per sentence. */
  readonly tookMs: readonly number[];
  readonly loadMs: number;
  readonly compileMs: number;
  readonly states: number;
  readonly arcs: number;
};

/** Runs all of Home Assistant's tests of a layout and language. */
export function measure(layout: Layout, language: Language, limit = Infinity): Result {
  const outcomes: Outcome[] = [];
  const tookMs: number[] = [];
  let size = { templates: 0, loadMs: 0, compileMs: 0, states: 0, arcs: 0 };
  for (const { intents, lists, tests } of homeTestGroups(layout, language)) {
    if (outcomes.length >= limit) break;
    const begun = performance.now();
    const templates = loadTemplates(intents, { language, lists });
    const loaded = performance.now();
    const automaton = compileAutomaton(templates);
    const compiled = performance.now();
    const matcher = new Matcher(automaton, { skipWords: templates.skipWords });
    const count = templates.blocks.reduce((sum, block) => sum + block.sentences.length, 0);
    if (count > size.templates)
      size = {
        templates: count,
        loadMs: loaded - begun,
        compileMs: compiled - loaded,
        states: automaton.arcFirst.length - 1,
        arcs: automaton.arcKind.length,
      };
    for (const test of tests) {
      const start = performance.now();
      const answer = matcher.match(test.sentence, test.context);
      tookMs.push(performance.now() - start);
      const best = answer.intent ?? answer.candidates[0];
      outcomes.push({
        ...test,
        verdict: judge(answer, test),
        answer: JSON.stringify(best ?? null),
      });
    }
  }
  return { layout, language, outcomes, tookMs, ...size };
}
