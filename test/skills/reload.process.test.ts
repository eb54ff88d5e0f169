import { readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, test, vi } from "vitest";
import { skillFolder, SkillsProgram, writeFiles } from "./skills-program.ts";

const greeting = (words: string): string => `
  import { log, onCleanup, onIntent } from "earshot/skills";
  onIntent("Greet", () => "${words}");
  onCleanup(() => log("goodbye of ${words}"));
`;

test("a reload runs the old cleanups in order of registration, then the new skills take over", async () => {
  const skills = await SkillsProgram.start({
    "a.js": `
      import { log, onCleanup, onStart, onStop } from "earshot/skills";
      onStart(() => log("start a"));
      onCleanup(() => log("cleanup a1"));
      onCleanup(async () => { await null; log("cleanup a2"); });
      onStop(() => log("stop a"));
    `,
    "b.js": `
      import { log, onCleanup, onIntent, onStart } from "earshot/skills";
      onCleanup(() => { throw new Error("a bad cleanup"); });
      onCleanup(() => log("cleanup b2"));
      onStart(() => log("start b"));
      onIntent("Answer", () => "old");
    `,
  });
  const source = readFileSync(path.join(skills.folder, "b.js"), "utf8");
  writeFiles(skills.folder, { "b.js": source.replace("old", "new") });
  expect(await skills.reload()).toMatchObject({ ok: true, generation: 2, skills: ["a", "b"] });
  expect(skills.logs).toEqual([
    "start a",
    "start b",
    "stop a",
    "cleanup a1",
    "cleanup a2",
    expect.stringMatching(/^b\.js:3:\d+: b: cleanup 1 failed: a bad cleanup$/),
    "cleanup b2",
    "start a",
    "start b",
  ]);
  const [event] = skills.lines.filter((line) => line["event"]?.["type"] === "reloaded");
  expect(event).toMatchObject({
    event: { reason: "requested", generation: 2, cleanups: 4, cleanupFailures: 1 },
  });
  expect(await skills.handle("Answer")).toMatchObject({ replies: [{ text: "new" }] });
});

test("a cleanup that never ends is given up at its limit, and the others still run", async () => {
  const skills = await SkillsProgram.start(
    {
      "a.js": `
        import { log, onCleanup } from "earshot/skills";
        onCleanup(() => new Promise(() => {}));
        onCleanup(() => log("the second"));
      `,
    },
    { limits: { cleanupMs: 200 } },
  );
  await skills.reload();
  expect(skills.logs).toEqual(["a: cleanup 1 took longer than 0.2 s", "the second"]);
});

test("a cleanup that loops for ever ends with its thread, and the new skills take over", async () => {
  const skills = await SkillsProgram.start(
    {
      "a.js": `
        import { onCleanup, onIntent } from "earshot/skills";
        onIntent("Greet", () => "old");
        onCleanup(() => { for (;;); });
      `,
    },
    { limits: { cleanupMs: 300 } },
  );
  writeFiles(skills.folder, { "a.js": greeting("new") });
  expect(await skills.reload()).toMatchObject({ ok: true });
  expect(await skills.event("reloaded")).toMatchObject({ cleanups: 1, cleanupFailures: 1 });
  expect(await skills.handle("Greet")).toMatchObject({ replies: [{ text: "new" }] });
});

describe("skills that cannot be loaded leave those before running, and the place is told:", () => {
  test.each([
    ["a syntax error", "const a = 1;\nfunction x( {\n", "new.js:3", "SyntaxError"],
    ["an error at load", "\n\nnull.x;\n", "new.js:3:6", "Cannot read properties of null"],
    ["a missing module", "\nimport 'no-such-module';\n", "new.js", "no-such-module"],
    [
      "a name that earshot/skills has not",
      "\nimport { onIntnt } from 'earshot/skills';\n",
      "new.js:2",
      "onIntnt",
    ],
    [
      "an intent that has a handler",
      "import { onIntent } from 'earshot/skills';\nonIntent('Greet', () => {});\n",
      "new.js:2:1",
      "good handles Greet already",
    ],
    [
      "a handler that is none",
      "import { every } from 'earshot/skills';\nevery('1s');\n",
      "new.js:2:1",
      "needs a function",
    ],
    [
      "a time that is none",
      "import { every } from 'earshot/skills';\nevery('1 day', () => {});\n",
      "new.js:2:1",
      "1 day",
    ],
  ])("%s", async (_what, source, place, message) => {
    const skills = await SkillsProgram.start({ "good.js": greeting("hello") });
    writeFiles(skills.folder, { "new.js": source });
    expect(await skills.reload()).toMatchObject({
      ok: false,
      generation: 1,
      error: { code: "SKILL_INVALID", place, message: expect.stringContaining(message) },
    });
    expect(await skills.event("failed")).toMatchObject({ error: { place } });
    expect(await skills.handle("Greet")).toMatchObject({ replies: [{ text: "hello" }] });
    const ofOld = skills.lines.filter(({ event }) => event?.["generation"] === 1);
    expect(ofOld.map(({ event }) => event?.["type"])).toEqual(["loaded", "failed"]);
  });

  test("an await that never ends, and a loop", async () => {
    const limits = { loadMs: 6_000 };
    const skills = await SkillsProgram.start({ "good.js": greeting("hello") }, { limits });
    writeFiles(skills.folder, {
      "new.js": "await new Promise(() => setInterval(() => {}, 1000));",
    });
    expect(await skills.reload()).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("new: its top level did not finish loading") },
    });
    writeFiles(skills.folder, { "new.js": "for (;;);" });
    expect(await skills.reload()).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("new: its top level did not") },
    });
    expect(await skills.handle("Greet")).toMatchObject({ replies: [{ text: "hello" }] });
  });

  test("two modules of one name", async () => {
    const skills = await SkillsProgram.start({ "good.js": greeting("hello") });
    writeFiles(skills.folder, { "good.mjs": greeting("twice") });
    expect(await skills.reload()).toMatchObject({
      ok: false,
      error: { message: "good.js and good.mjs are the same skill: remove one of them" },
    });
    expect(await skills.handle("Greet")).toMatchObject({ replies: [{ text: "hello" }] });
  });
});

test("what had been loaded of skills that cannot be loaded is released, and keeps no state", async () => {
  const skills = await SkillsProgram.start({
    "a.js": `
      import { log, onCleanup, onIntent, state } from "earshot/skills";
      state.loads = (state.loads ?? 0) + 1;
      onCleanup(() => { log("let go"); state.loads = -1; });
      onIntent("Loads", () => String(state.loads));
    `,
  });
  writeFiles(skills.folder, { "b.js": "throw new Error('b cannot be loaded')" });
  expect(await skills.reload()).toMatchObject({ ok: false });
  expect(skills.logs).toEqual(["let go"]);
  expect(await skills.handle("Loads")).toMatchObject({ replies: [{ text: "1" }] });
});

test("what old skills keep in their cleanup is what the new ones start with", async () => {
  const skills = await SkillsProgram.start({
    "a.js": `
      import { onCleanup, onIntent, onStart, state } from "earshot/skills";
      state.count ??= 0;
      let count = 0;
      onStart(() => { count = state.count; });
      onIntent("Count", () => String(++count));
      onCleanup(() => { state.count = count; });
    `,
  });
  await skills.handle("Count");
  await skills.handle("Count");
  await skills.reload();
  expect(await skills.handle("Count")).toMatchObject({ replies: [{ text: "3" }] });
});

test("lifecycle: install once, start and stop each time, uninstall when the skill is gone", async () => {
  const hooks = ["onInstall", "onStart", "onStop", "onUninstall", "afterUninstall"];
  const skills = await SkillsProgram.start({
    "keep.js": "",
    "package/index.js": `
      import * as skill from "earshot/skills";
      for (const hook of ${JSON.stringify(hooks)}) skill[hook](() => skill.log(hook));
      skill.onCleanup(() => skill.log("cleanup"));
    `,
  });
  expect(skills.logs.splice(0)).toEqual(["onInstall", "onStart"]);
  await skills.reload();
  expect(skills.logs.slice(2)).toEqual(["onStop", "cleanup", "onStart"]);
  rmSync(path.join(skills.folder, "package"), { recursive: true });
  await skills.reload();
  expect(skills.logs.slice(5)).toEqual(["onStop", "onUninstall", "cleanup", "afterUninstall"]);
  const told = skills.lines.flatMap(({ event }) =>
    event?.["type"] === "lifecycle" ? [`${String(event["phase"])} ${String(event["hook"])}`] : [],
  );
  expect(told.slice(-6)).toEqual(
    ["onStop", "onUninstall", "afterUninstall"].flatMap((hook) => [
      `before ${hook}`,
      `after ${hook}`,
    ]),
  );
  await skills.finish();
  const again = new SkillsProgram(skills.folder);
  await again.line((line) => "ready" in line);
  expect(again.logs).toEqual([]);
});

/** Says that it is being loaded, and is until there is no file `.hold` beside it. */
const HELD = `import { existsSync } from "node:fs";
  import { setTimeout as delay } from "node:timers/promises";
  console.log("loading");
  while (existsSync(new URL(".hold", import.meta.url))) await delay(10);`;

const loading = (skills: SkillsProgram): Promise<object> =>
  skills.event("log", ({ message }) => message === "loading");

async function greets(skills: SkillsProgram, words: string): Promise<void> {
  const isSaid = { replies: [{ text: words }] };
  await vi.waitFor(async () => expect(await skills.handle("Greet")).toMatchObject(isSaid), 20_000);
}

test("files that change are noticed, also while skills are being loaded, and once for several", async () => {
  const skills = await SkillsProgram.start(
    { "a.js": greeting("one"), ".c/index.js": "import './_d.js'", ".c/_d.js": "" },
    { reloadOnChange: true },
  );
  const inside = (name: string): string => path.join(skills.folder, name);
  renameSync(inside(".c"), inside("c"));
  await skills.event("reloaded", ({ generation }) => generation === 2);
  writeFiles(skills.folder, { ".hold": "", "a.js": `${HELD}${greeting("two")}` });
  await loading(skills);
  writeFiles(skills.folder, { "a.js": greeting("three") });
  rmSync(inside(".hold"));
  await greets(skills, "three");
  writeFiles(skills.folder, { "c/index.js": "import '../_more.js'", "_more.js": greeting("x") });
  expect(await skills.event("failed")).toMatchObject({ reason: "changed" });
  writeFiles(skills.folder, { "_more.js": "" });
  await skills.event("reloaded", ({ reason }) => reason === "changed");
});

test("changed twice while it is being loaded, the last change counts", async () => {
  const skills = await SkillsProgram.start(
    { "a.js": greeting("one"), ".hold": "" },
    { reloadOnChange: true },
  );
  writeFiles(skills.folder, { "a.js": `${HELD}${greeting("two")}` });
  await loading(skills);
  writeFiles(skills.folder, { "a.js": `${HELD}${greeting("three")}` });
  writeFiles(skills.folder, { "a.js": greeting("four") });
  rmSync(path.join(skills.folder, ".hold"));
  await greets(skills, "four");
  expect(await skills.finish()).toMatchObject({ code: 0, survivors: [] });
});

test("no folder, and an empty one, are told in one line", async () => {
  const folder = skillFolder({});
  const empty = await new SkillsProgram(folder).ended;
  expect(empty).toMatchObject({ code: 1, survivors: [] });
  expect(empty.stdout).toContain("there is no skill in");
  const missing = await new SkillsProgram(path.join(folder, "missing")).ended;
  expect(missing.stdout).toContain("there is no folder of skills");
});
