import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { jsonLines, startEarshot, type Ended } from "../cli/earshot.ts";
import { skillFolder, writeFiles } from "./skills-program.ts";

/** Runs `earshot …` in a folder. */
function earshotIn(folder: string, line: string): Promise<Ended> {
  return startEarshot(line.split(" "), { cwd: folder }).ended;
}

test.each(["en", "fr"])(
  "a new skill works and its test passes at once, in %s",
  async (language) => {
    const folder = skillFolder({});
    const made = await earshotIn(folder, `skills new coffee-machine --language ${language}`);
    expect(made).toMatchObject({ code: 0, stdout: "" });
    for (const file of [
      "intents/coffee-machine.yaml",
      "skills/coffee-machine.mjs",
      "earshot.yaml",
    ]) {
      expect(made.stderr).toContain(`made ${file}`);
    }
    const tested = await earshotIn(folder, "skills test");
    expect(tested).toMatchObject({ code: 0 });
    expect(tested.stderr).toContain("3 steps, all as expected");
    expect(tested.stdout.split("\n").filter((line) => line.startsWith("ok "))).toHaveLength(3);
  },
);

test("a second skill joins the first; a name that is taken, or cannot be one, is refused", async () => {
  const folder = skillFolder({});
  await earshotIn(folder, "skills new tea");
  expect(await earshotIn(folder, "skills new coffee")).toMatchObject({ code: 0 });
  expect(await earshotIn(folder, "skills test")).toMatchObject({ code: 0 });
  const taken = await earshotIn(folder, "skills new tea");
  expect(taken).toMatchObject({ code: 2, stdout: "" });
  expect(taken.stderr).toBe(
    "earshot: intents/tea.yaml exists already: choose another name, or remove it\n",
  );
  const bad = await earshotIn(folder, "skills new Tea_Pot");
  expect(bad).toMatchObject({ code: 2 });
  expect(bad.stderr).toContain('"Tea_Pot" cannot be the name of a skill');
});

test("what is not as expected is told with its place, as text and as JSON", async () => {
  const folder = skillFolder({});
  await earshotIn(folder, "skills new tea");
  writeFiles(folder, {
    "skills/tea.test.yaml": `
- say: hello tea
  expect: { intent: TeaHello, slots: {}, reply: /^hello/i, said: [] }
- say: hello tea
  expect: { reply: "Hello! I have been greeted 1 times." }
- say: what is the weather like
  expect: { intent: TeaHello }
`,
  });
  const text = await earshotIn(folder, "skills test skills/tea.test.yaml");
  expect(text).toMatchObject({ code: 1 });
  expect(text.stdout).toContain('ok     skills/tea.test.yaml:2 "hello tea"\n');
  expect(text.stdout).toContain(
    `FAILED skills/tea.test.yaml:4 "hello tea"\n       reply: expected "Hello! I have been greeted 1 times.", and it was ["Hello! I have been greeted 2 times."]\n`,
  );
  expect(text.stdout).toContain('intent: expected "TeaHello", and it was null');
  expect(text.stderr).toContain("3 steps, 2 failed");
  const json = await earshotIn(folder, "skills test --json");
  expect(jsonLines(json.stdout)).toMatchObject([
    { file: "skills/tea.test.yaml", line: 2, ok: true, problems: [] },
    { line: 4, ok: false },
    { line: 6, ok: false },
  ]);
});

test("a skill that cannot be loaded, and one that throws, are told with their place", async () => {
  const folder = skillFolder({});
  await earshotIn(folder, "skills new tea");
  const source = readFileSync(path.join(folder, "skills/tea.mjs"), "utf8");
  writeFiles(folder, { "skills/tea.mjs": source.replace("state.greetings += 1;", "null.x;") });
  const thrown = await earshotIn(folder, "skills test");
  expect(thrown).toMatchObject({ code: 1 });
  expect(thrown.stdout).toMatch(
    /tea\.mjs:7:\d+: tea: the handler of TeaHello failed: Cannot read properties of null/,
  );
  writeFiles(folder, { "skills/tea.mjs": "const = 1;\n" });
  const broken = await earshotIn(folder, "skills test");
  expect(broken).toMatchObject({ code: 2, stdout: "" });
  expect(broken.stderr).toBe("earshot: tea.mjs:1: SyntaxError: Unexpected token '='\n");
});

test.each([
  ["say: hello tea", ":1:1", "expected a list of steps"],
  ["- expect: { reply: x }", ":1:3", "a step needs one of say, after, reload, restart, signal"],
  [
    "- say: hello tea\n- say: x\n  expect: { answer: x }",
    ":3:13",
    'unknown key "answer" in expect',
  ],
  ["- after: soon", ":1:10", 'expected a duration such as 500ms, 30s or 2m here, not "soon"'],
  ["- say: [", ":1", "not valid YAML"],
  ["clock: noon\nsteps: []", ":1:8", "is not like 2030-01-01T12:00"],
])("a mistake in a test is one line with its place: %j", async (yaml, place, message) => {
  const folder = skillFolder({});
  await earshotIn(folder, "skills new tea");
  writeFiles(folder, { "skills/tea.test.yaml": yaml });
  const ended = await earshotIn(folder, "skills test");
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toContain(`skills/tea.test.yaml${place}`);
  expect(ended.stderr).toContain(message);
  expect(ended.stderr.trim().split("\n")).toHaveLength(1);
});

test("no skills, no tests and no templates are told with what to do", async () => {
  const folder = skillFolder({
    "a.yaml": "language: en\nintents: {A: {data: [{sentences: [a]}]}}",
  });
  const noSkills = await earshotIn(folder, "skills test --intents a.yaml");
  expect(noSkills).toMatchObject({ code: 2 });
  expect(noSkills.stderr).toContain("--skills FOLDER");
  const noFolder = await earshotIn(folder, "skills test --intents a.yaml --skills none");
  expect(noFolder).toMatchObject({ code: 2 });
  expect(noFolder.stderr).toContain('make one with "earshot skills new NAME"');
  await earshotIn(folder, "skills new tea");
  rmSync(path.join(folder, "skills/tea.test.yaml"));
  const noTests = await earshotIn(folder, "skills test");
  expect(noTests).toMatchObject({ code: 2 });
  expect(noTests.stderr).toMatch(/no \*\.test\.yaml in .*skills: docs/);
});
