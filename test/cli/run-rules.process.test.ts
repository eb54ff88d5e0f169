import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { complaints, earshot, jsonLines, ROOT } from "./earshot.ts";
import { SkillsFolder } from "./skills-folder.ts";

const DEMO = readFileSync(path.join(ROOT, "demo/en/intents.yaml"), "utf8");
const REPLIES = `replies:
  dim.capped: "No brighter than {brightness} percent."
  dim.which: "Which hour?"
`;

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "run-rules-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** "set the living room light to forty five percent", with these rules. */
async function dim(check: string, ...args: string[]): Promise<Record<string, unknown>[]> {
  const intents = path.join(folder, "intents.yaml");
  const replies = path.join(folder, "replies.yaml");
  writeFileSync(
    intents,
    DEMO.replace("  SetBrightness:\n", `  SetBrightness:\n    check: ${check}\n`),
  );
  writeFileSync(replies, REPLIES);
  const given = ["--intents", intents, "--replies", replies, "--input", "demo/en/2.flac"];
  const { code, stdout, stderr } = await earshot(["run", "--json", ...given, ...args]);
  expect({ code, stderr: complaints(stderr) }).toEqual({ code: 0, stderr: "" });
  return jsonLines(stdout).filter(({ type }) =>
    ["checked", "handled", "reply"].includes(String(type)),
  );
}

test("a number above the cap becomes the cap, for the skill too, and that is said", async () => {
  using skills = new SkillsFolder({
    lights: `import { onIntent } from "earshot/skills";
onIntent("SetBrightness", ({ slots }) => note(slots.brightness));`,
  });
  const check = "{ slots: { brightness: { max: 40 } }, replies: { capped: dim.capped } }";
  expect(await dim(check, "--skills", skills.folder)).toMatchObject([
    { type: "checked", outcome: "capped", slot: "brightness", value: 40, utteranceId: "u1" },
    { type: "reply", text: "No brighter than 40 percent.", utteranceId: "u1" },
    { type: "handled", handled: true },
  ]);
  expect(skills.noted()).toEqual(["40"]);
});

test("a command that lacks what its rules require reaches no skill, and asks back", async () => {
  using skills = new SkillsFolder({
    lights: `import { onIntent } from "earshot/skills";
onIntent("SetBrightness", () => note("called"));`,
  });
  const check = "{ slots: { hour: { required: true } }, replies: { missing: dim.which } }";
  expect(await dim(check, "--skills", skills.folder)).toMatchObject([
    { type: "checked", outcome: "missing", slot: "hour" },
    { type: "reply", text: "Which hour?" },
    { type: "handled", handled: false },
  ]);
  expect(skills.noted()).toEqual([]);
});

test("a mistake in the rules is one line with its place and exit status 2", async () => {
  const intents = path.join(folder, "intents.yaml");
  writeFileSync(
    intents,
    DEMO.replace("  SetBrightness:\n", "  SetBrightness:\n    check: { slot: {} }\n"),
  );
  const { code, stderr } = await earshot([
    "run",
    "--intents",
    intents,
    "--input",
    "demo/en/2.flac",
  ]);
  expect(stderr).toMatch(/^earshot: .*intents\.yaml:16:14: unknown key "slot" .*"slots"\?\n$/);
  expect(code).toBe(2);
});
