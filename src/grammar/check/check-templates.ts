import type { Automaton } from "../automaton.ts";
import { everyExpression } from "../templates/expression.ts";
import type { Template, Templates } from "../templates/templates.ts";
import { liveStates } from "../live-states.ts";
import { findSharedSentences } from "./shared-sentences.ts";

/** Something in templates that is valid but probably a mistake. */
export type TemplateFinding = {
  readonly kind: "unused rule" | "unreachable sentence" | "shared sentence" | "unfinished check";
  /** "lights.yaml:12:5" */
  readonly place: string;
  readonly message: string;
};

/** Finds rules that nothing uses, templates that nobody can say, and sentences that two intents share. */
export function checkTemplates(templates: Templates, automaton: Automaton): TemplateFinding[] {
  return [
    ...unusedRules(templates),
    ...unreachableSentences(automaton),
    ...sharedSentences(automaton),
  ];
}

function unusedRules(templates: Templates): TemplateFinding[] {
  const used = new Set<string>();
  const read = (template: Template): void => {
    for (const part of everyExpression(template.expression)) {
      if (part.type !== "rule" || used.has(part.name)) continue;
      used.add(part.name);
      for (const rules of [templates.rules, ...templates.blocks.map((block) => block.rules)]) {
        const rule = rules.get(part.name);
        if (rule) read(rule);
      }
    }
  };
  for (const { sentences } of templates.blocks) for (const sentence of sentences) read(sentence);
  for (const lists of [templates.lists, ...templates.blocks.map((block) => block.lists)])
    for (const list of lists.values())
      if (list.type === "values") for (const { said } of list.entries) read(said);
  const all = [templates.rules, ...templates.blocks.map((block) => block.rules)];
  return all.flatMap((rules) =>
    [...rules]
      .filter(([name]) => !used.has(name))
      .map(([name, rule]) => ({
        kind: "unused rule" as const,
        place: rule.at(0),
        message: `no sentence uses <${name}>`,
      })),
  );
}

function unreachableSentences(automaton: Automaton): TemplateFinding[] {
  const live = liveStates(automaton);
  const { arcOutput, arcTarget, outputs } = automaton;
  const findings: TemplateFinding[] = [];
  arcOutput.forEach((index, arc) => {
    const output = outputs[index - 1];
    if (output?.type !== "sentence" || live[arcTarget[arc]!]) return;
    findings.push({
      kind: "unreachable sentence",
      place: output.place,
      message:
        "nobody can say this: one of its lists has no values, or none that its context allows",
    });
  });
  return findings;
}

function sharedSentences(automaton: Automaton): TemplateFinding[] {
  const { shared, complete } = findSharedSentences(automaton);
  const findings: TemplateFinding[] = shared.map(({ text, first, second }) => ({
    kind: "shared sentence",
    place: first.place,
    message: `"${text}" is ${first.intent} here and ${second.intent} in ${second.place}; give one of them a priority, or a context`,
  }));
  if (complete) return findings;
  const message = "too many sentences to compare them all: two intents may share more of them";
  return [...findings, { kind: "unfinished check", place: firstPlace(automaton), message }];
}

function firstPlace({ outputs }: Automaton): string {
  const output = outputs.find(({ type }) => type === "sentence");
  return output?.type === "sentence" ? output.place : "";
}
