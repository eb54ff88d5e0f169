import { expect, test } from "vitest";
import { checkTemplates } from "../../src/grammar/check/check-templates.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { type Extra, templatesOf } from "./templates-of.ts";

function findings(yaml: string, extra?: Extra): string[] {
  const templates = templatesOf(yaml, extra);
  return checkTemplates(templates, compileAutomaton(templates)).map(
    ({ kind, place, message }) => `${place.replace(/^.*intents\.yaml/, "")} ${kind}: ${message}`,
  );
}

test("rules that no sentence uses are found, also through other rules", () => {
  const yaml = `
intents: { I: { data: [{ sentences: ["go <a>"] }] } }
expansion_rules:
  a: "<b> now"
  b: there
  c: "never <d>"
  d: ever
`;
  expect(findings(yaml)).toEqual([
    ":6:7 unused rule: no sentence uses <c>",
    ":7:6 unused rule: no sentence uses <d>",
  ]);
});

test("sentences that nobody can say are found", () => {
  const yaml = `
intents:
  I:
    data:
      - sentences: ["go {place}", "hello"]
      - sentences: ["open {name}"]
        requires_context: { domain: cover }
lists:
  place: { values: [] }
  name: { values: [{ in: lamp, context: { domain: light } }] }
`;
  expect(findings(yaml).map((finding) => finding.split(":").slice(0, 3).join(":"))).toEqual([
    ":5:22 unreachable sentence",
    ":6:22 unreachable sentence",
  ]);
});

test("a sentence of two intents is found, with the sentence", () => {
  const yaml = `
intents:
  On: { data: [{ sentences: ["(turn|switch) [the] {name} on", "wake {name}"] }] }
  Go: { data: [{ sentences: ["turn {area} (on|off)"] }] }
lists: { name: [lamp, big kitchen], area: [kitchen, big kitchen] }
`;
  const found = findings(yaml);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(
    /^:3:31 shared sentence: "turn big kitchen on" is On here and Go in .*:4:31/,
  );
});

test.each([
  ["a priority", "", "priority: 1,"],
  [
    "contexts that exclude each other",
    "requires_context: { at: home },",
    "requires_context: { at: [work, road] },",
  ],
  ["an excluded context", "requires_context: { at: home },", "excludes_context: { at: [home] },"],
])("%s tells intents apart", (_, one, other) => {
  expect(findings(greetings(one, other))).toEqual([]);
  expect(findings(greetings("", ""))).toHaveLength(1);
});

/** Two intents for "good night", each with keys of its own. */
function greetings(one: string, other: string): string {
  return `
intents:
  A: { data: [{ ${one} sentences: ["good (day|night)"] }] }
  B: { data: [{ ${other} sentences: ["good night"] }] }
`;
}

test("templates with much in common are compared in bounded time", { timeout: 30_000 }, () => {
  const names = Array.from({ length: 3000 }, (_, i) => `thing ${i} of room ${i % 17}`);
  const part = "(a|b|c|d|e|f) [g] [h] {0..5000:n} {name}";
  const yaml = `
intents:
  A: { data: [{ sentences: ["${part} ${part} x"] }] }
  B: { data: [{ sentences: ["${part} ${part} y"] }] }
lists: { name: ${JSON.stringify(names)} }
`;
  expect(findings(yaml).filter((finding) => finding.includes("shared sentence"))).toEqual([]);
});
