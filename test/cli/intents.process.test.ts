import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../grammar/templates-of.ts";
import { earshot, jsonLines } from "./earshot.ts";

const HOME = "demo/en/intents.yaml";

test("check says what is wrong with templates and where, and exits with 1", async () => {
  const folder = folderWith({
    "a.yaml":
      "intents:\n  A: { data: [{ sentences: [good day] }] }\n  B: { data: [{ sentences: ['good [fine] day'] }] }\n",
  });
  const file = path.join(folder, "a.yaml");
  const { code, stdout, stderr } = await earshot(["intents", "check", file]);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /a\.yaml:2:\d+: shared sentence: "good day" is A here and B in .*a\.yaml:3:\d+/,
  );
  expect(stderr).toContain("2 templates, 2 intents: 1 problems");
  expect((await earshot(["intents", "check", HOME])).code).toBe(0);
});

test("check and sample refuse a broken file as every command does", async () => {
  const folder = folderWith({
    "a.yaml": "intents:\n  A: { data: [{ sentences: ['good [day'] }] }\n",
  });
  for (const name of ["check", "sample"]) {
    const { code, stderr } = await earshot(["intents", name, folder]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^earshot: .*a\.yaml:2:\d+: "\[" is never closed/);
  }
});

test("check refuses a pronunciation that the model cannot say, and takes one that it can", async () => {
  const templates =
    "intents:\n  A: { data: [{ sentences: [call gif] }] }\npronounce:\n  gif: [jiff, /g ɪ f/]\n";
  const file = path.join(folderWith({ "a.yaml": templates }), "a.yaml");
  const { code, stderr } = await earshot(["intents", "check", file]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^earshot: .*a\.yaml:4:15: pronounce: gif: "g" is not a phone .*: ɡ/);
  writeFileSync(file, templates.replace("/g", "/ɡ"));
  expect((await earshot(["intents", "check", file])).code).toBe(0);
});

test("sample draws sentences with what they mean; the same seed draws the same", async () => {
  const draw = ["intents", "sample", HOME, "-n", "5", "--json"];
  const [first, again, other] = await Promise.all([
    earshot(draw),
    earshot(draw),
    earshot([...draw, "--seed", "9"]),
  ]);
  expect(jsonLines(first.stdout)).toHaveLength(5);
  expect(first.stdout).toBe(again.stdout);
  expect(first.stdout).not.toBe(other.stdout);
});

test("import writes templates that check and understand take", async () => {
  const folder = folderWith({ "sentences.ini": "[Paint]\npaint it (red | blue){color}\n" });
  const imported = await earshot([
    "intents",
    "import",
    "rhasspy",
    path.join(folder, "sentences.ini"),
  ]);
  expect(imported.code).toBe(0);
  const templates = folderWith({ "paint.yaml": imported.stdout });
  const { stdout } = await earshot([
    "understand",
    "--intents",
    templates,
    "--json",
    "paint it blue",
  ]);
  expect(jsonLines(stdout)[0]).toMatchObject({
    intent: { name: "Paint", slots: { color: "blue" } },
  });
});

test("train learns intents from examples and says how well", async () => {
  const folder = folderWith({
    "a.yaml":
      "intents:\n  A: { examples: [when do you close, are you open today, until when are you there] }\n" +
      "  B: { examples: [a coffee for me, bring me some tea, i need something to drink] }\n",
  });
  const graph = path.join(folder, "intents.onnx");
  const { code, stdout } = await earshot(["intents", "train", folder, "--json", "-o", graph]);
  expect(code).toBe(0);
  const [result] = jsonLines(stdout);
  expect(result).toMatchObject({ intents: ["A", "B"], heldOutAccuracy: expect.any(Number) });
  expect(statSync(graph).size).toBe(result?.["bytes"]);
  const nothing = await earshot(["intents", "train", HOME]);
  expect(nothing.code).toBe(2);
  expect(nothing.stderr).toContain("no intent has examples");
});

test.each([
  [["intents", "check"], "missing required argument"],
  [["intents", "sample", HOME, "-n", "many"], "a whole number"],
  [["intents", "import", "klingon", HOME], 'unknown format "klingon"'],
  [["intents", "no-such"], "no-such"],
])("earshot %j: one line that says what to do, exit 2", async (args, message) => {
  const { code, stderr } = await earshot(args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
