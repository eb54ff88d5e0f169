import path from "node:path";
import { describe, expect, test } from "vitest";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import { folderWith } from "./templates-of.ts";

type Case = [what: string, yaml: string, place: string, message: RegExp];

const sentence = (text: string): string =>
  `intents:\n  I:\n    data:\n      - sentences:\n          - ${text}\n`;

describe("a mistake is reported with its place and what to do", () => {
  test.each<Case>([
    ["a bracket never closed", sentence('"turn (on"'), "t.yaml:5:19", /"\(" is never closed/],
    ["a bracket never opened", sentence("turn on)"), "t.yaml:5:20", /without an opening/],
    ["an unknown list", sentence("go {whre}"), "t.yaml:5:16", /unknown list {whre}.*--lists/],
    [
      "an unknown rule",
      `${sentence("go <ligt>")}expansion_rules: { light: lamp }`,
      "t.yaml:5:16",
      /unknown rule <ligt>; did you mean "light"\?/,
    ],
    [
      "a rule that refers to itself",
      `${sentence("<a>")}expansion_rules:\n  a: x <b>\n  b: y [<a>]\n`,
      "t.yaml:8:9",
      /<a> → <b> → <a>/,
    ],
    [
      "an unused rule that refers to itself",
      `${sentence("x")}expansion_rules:\n  a: x <a>\n`,
      "t.yaml:7:8",
      /<a> → <a>/,
    ],
    [
      "an unknown key",
      "intent:\n  I: {}\n",
      "t.yaml:1:1",
      /unknown key "intent".*did you mean "intents"/,
    ],
    [
      "an unknown key of a block",
      `${sentence("x")}        respnse: y\n`,
      "t.yaml:6:9",
      /"respnse".*"response"/,
    ],
    [
      "an unknown key of a list",
      `${sentence("x")}lists:\n  a: { valeus: [b] }\n`,
      "t.yaml:7:8",
      /"valeus".*"values"/,
    ],
    [
      "sentences beside data",
      "intents:\n  A: { sentences: [x] }\n",
      "t.yaml:2:8",
      /unknown key "sentences" in intent A; put it under data: - sentences:/,
    ],
    ["an empty file", "", "t.yaml:1:1", /empty/],
    ["a file of comments", "# nothing\n", "t.yaml:1:1", /expected keys/],
    ["text instead of keys", "hello\n", "t.yaml:1:1", /expected keys/],
    ["invalid YAML", "intents: [\n", "t.yaml:2:1", /not valid YAML/],
    ["a key given twice", "intents: {}\nintents: {}\n", "t.yaml:2:1", /not valid YAML.*unique/],
    ["a list that is none", `${sentence("x")}lists:\n  a: {}\n`, "t.yaml:7:6", /has no values/],
    [
      "a type that there is none of",
      `${sentence("x")}lists:\n  a: { type: durations }\n`,
      "t.yaml:7:14",
      /unknown type "durations".*did you mean "duration"/,
    ],
    [
      "an example that breaks off",
      'intents:\n  I:\n    examples:\n      - "go (now"\n',
      "t.yaml:4:13",
      /never closed/,
    ],
    [
      "a range backwards",
      `${sentence("x")}lists:\n  a: { range: { from: 5, to: 1 } }\n`,
      "t.yaml:7:15",
      /from ≤ to/,
    ],
    ["a range too large", sentence("wait {0..9000000:s}"), "t.yaml:5:18", /too large/],
    [
      "sentences that are no list",
      "intents:\n  I:\n    data:\n      - sentences: { a: b }\n",
      "t.yaml:4:20",
      /expected a list/,
    ],
    [
      "no sentences",
      "intents:\n  I:\n    data:\n      - response: x\n",
      "t.yaml:4:9",
      /expected "sentences"/,
    ],
    [
      "brackets nested without end",
      `intents: ${"[".repeat(5000)}`,
      "t.yaml:1:",
      /nested too deeply/,
    ],
    [
      "alternatives that multiply",
      sentence(`"${"(a|b|c|d)".repeat(12)}"`),
      "t.yaml:5:14",
      /too many alternatives/,
    ],
    [
      "a pronunciation of several words",
      `${sentence("x")}pronounce:\n  wi-fi: why fie\n`,
      "t.yaml:7:3",
      /"wi-fi" is several words; give a pronunciation for each: wi, fi/,
    ],
    [
      "a pronunciation of no word",
      `${sentence("x")}pronounce:\n  "?!": what\n`,
      "t.yaml:7:4",
      /"\?!" is not a word/,
    ],
    [
      "a word without a pronunciation",
      `${sentence("x")}pronounce:\n  gif: []\n`,
      "t.yaml:7:3",
      /"gif" has no pronunciation/,
    ],
    [
      "a pronunciation that was forgotten",
      `${sentence("x")}pronounce:\n  gif:\n`,
      "t.yaml:7:3",
      /"gif" has no pronunciation/,
    ],
    [
      "an empty pronunciation",
      `${sentence("x")}pronounce:\n  gif: [jiff, ""]\n`,
      "t.yaml:7:16",
      /a pronunciation is empty/,
    ],
    [
      "a pronunciation that is no text",
      `${sentence("x")}pronounce:\n  gif: [{ a: b }]\n`,
      "t.yaml:7:9",
      /expected one value/,
    ],
    [
      "pronunciations of no words",
      `${sentence("x")}pronounce: [jiff]\n`,
      "t.yaml:6:12",
      /expected keys and values/,
    ],
    ["no intents at all", "lists: { a: [b] }\n", "", /no intents for language "en"/],
  ])("%s", (_, yaml, place, message) => {
    const file = path.join(folderWith({ "t.yaml": yaml }), "t.yaml");
    const load = (): unknown => compileAutomaton(loadTemplates([file], { language: "en" }));
    expect(load).toThrow(message);
    expect(load).toThrow(
      expect.objectContaining({
        name: "EarshotError",
        code: "TEMPLATES_INVALID",
        place: expect.stringContaining(place),
      }),
    );
  });

  test("bytes that are not UTF-8", () => {
    const folder = folderWith({ "t.yaml": Uint8Array.of(0x69, 0x3a, 0xff, 0xfe) });
    expect(() => loadTemplates([folder], { language: "en" })).toThrow(/t\.yaml: not UTF-8/);
  });

  test("a path that does not exist, and a folder without templates", () => {
    expect(() => loadTemplates(["/nowhere/at/all"], { language: "en" })).toThrow(/no such file/);
    expect(() => loadTemplates([folderWith({})], { language: "en" })).toThrow(/no \.yaml file/);
  });

  test("a file for another language is an error when it was named, and passed over in a folder", () => {
    const folder = folderWith({
      "de.yaml": `language: de\n${sentence("an")}`,
      "fr.yaml": `language: fr\n${sentence("allume")}`,
      "en.yaml": `language: en\n${sentence("on")}`,
    });
    const load = (name: string) => (): unknown =>
      loadTemplates([path.join(folder, name)], { language: "en" });
    expect(load("de.yaml")).toThrow('this file is for language "de", which is not one of en, fr');
    expect(load("fr.yaml")).toThrow(
      'for language "fr", not "en"; give --language fr, or --fallback-language fr',
    );
    expect(loadTemplates([folder], { language: "en" }).blocks).toHaveLength(1);
  });
});

test("a YAML bomb neither explodes nor is believed", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (let i = 0; i < 20; i++) {
    const [name, before] = [String.fromCharCode(98 + i), String.fromCharCode(97 + i)];
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
  }
  const yaml = `${sentence("x")}lists:\n  l: { values: [*u] }\nresponses:\n  ${bomb.join("\n  ")}\n`;
  const folder = folderWith({ "t.yaml": yaml.replace("lists:\n  l: { values: [*u] }\n", "") });
  expect(loadTemplates([folder], { language: "en" }).blocks).toHaveLength(1);
});

test("a template of millions of sentences is no burden", () => {
  const parts = Array.from({ length: 40 }, (_, i) => `[a${i}|b${i}|c${i}]`).join(" ");
  const folder = folderWith({ "t.yaml": sentence(`"start ${parts} end"`) });
  const automaton = compileAutomaton(loadTemplates([folder], { language: "en" }));
  expect(automaton.arcKind.length).toBeLessThan(20_000);
});
