import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import { allSentences } from "./all-sentences.ts";

/** A tree of files below a new folder, gone when the test ends. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), "earshot-tree-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  return root;
}

const NEWER = {
  "sentences/en/Dim/area_level.yaml":
    'language: en\ndata:\n  - sentences: ["<dim> {area} to {level}"]\n    inferred_domain: light\n    example: dim the hall\n    response: x\n',
  "sentences/en/Dim/name_level.yaml":
    'language: en\ndata:\n  - sentences: ["<dim> {name}"]\n    name_domains: [light]\n  - sentences: ["<dim> {name} down"]\n    name_domains: small\n',
  "sentences/en/Dim/level_only.yaml":
    'language: en\ndata:\n  - sentences: ["<dim> to {level}", "<dim> it to {level}"]\n  - sentences: ["<dim> to {level}"]\n    speech_to_phrase: true\n',
  "rules/en/verbs.yaml": "language: en\nexpansion_rules: { dim: dim }\n",
  "lists/levels.yaml": "lists: { level: { range: { from: 1, to: 2 } } }\n",
  "lists/fr/niveaux.yaml": "language: fr\nlists: { level: [bas] }\n",
  "intents.yaml":
    "Dim:\n  slot_combinations:\n    level_only: { context_area: true }\n    name_level: { name_domain_groups: { small: [candle] } }\n",
};
const HOME = `
areas: [{ name: hall }]
entities:
  - { name: lamp, domain: light }
  - { name: wick, id: candle.wick }
`;

test("one combination of slots a file: the folder names the intent, rules and lists lie beside", () => {
  const root = tree({ ...NEWER, "home.yaml": HOME });
  const templates = loadTemplates([path.join(root, "sentences/en")], {
    language: "en",
    lists: [path.join(root, "home.yaml")],
  });
  const meanings = allSentences(compileAutomaton(templates));
  expect(new Set(meanings.map(({ intent }) => intent))).toEqual(new Set(["Dim"]));
  expect(Object.fromEntries(meanings.map(({ text, slots }) => [text, slots]))).toEqual({
    "dim hall to one": { domain: "light", area: "hall", level: 1 },
    "dim hall to two": { domain: "light", area: "hall", level: 2 },
    "dim it to one": { level: 1 },
    "dim it to two": { level: 2 },
    "dim lamp": { name: "lamp" },
    "dim to one": { level: 1 },
    "dim to two": { level: 2 },
    "dim wick down": { name: "wick" },
  });
  const area = templates.blocks.filter(({ contextSlots }) => contextSlots.includes("area"));
  expect(area.flatMap(({ sentences }) => sentences.map(({ text }) => text))).toEqual([
    "<dim> to {level}",
    "<dim> it to {level}",
  ]);
});

test("files of the older layout win over newer ones of the same intent", () => {
  const root = tree({
    ...NEWER,
    "sentences/en/light_Dim.yaml":
      'language: en\nintents: { Dim: { data: [{ sentences: ["darker"] }] } }\n',
  });
  const { blocks } = loadTemplates([path.join(root, "sentences/en")], { language: "en" });
  expect(blocks.flatMap(({ sentences }) => sentences.map(({ text }) => text))).toEqual(["darker"]);
});

test("a broken shared rule is reported in its own file", () => {
  const root = tree({ ...NEWER, "rules/en/verbs.yaml": "expansion_rules: { dim: (dim }\n" });
  expect(() => loadTemplates([path.join(root, "sentences/en")], { language: "en" })).toThrow(
    /verbs\.yaml:1:25/,
  );
});
