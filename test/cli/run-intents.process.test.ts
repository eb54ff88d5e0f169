import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { say, toPcm16 } from "../helpers/speech.ts";
import { earshot, jsonLines, startEarshot, type Running } from "./earshot.ts";
import { SkillsFolder } from "./skills-folder.ts";

type Line = Record<string, unknown>;

const MUSIC = `  StopMusic: { data: [{ sentences: ["stop the music"] }] }`;
const BLINDS = `  CloseBlinds:
    data: [{ sentences: ["close the [{room}] (blind|blinds)"] }]
lists: { room: [bedroom, kitchen] }`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "run-intents-"));
  file = path.join(folder, "home.yaml");
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(...intents: string[]): void {
  writeFileSync(file, ["language: en", "intents:", ...intents, ""].join("\n"));
}

/** The first line of its output that has all of these. */
async function told(run: Running, ...parts: string[]): Promise<Line> {
  const line = await run.line((text) => parts.every((part) => text.includes(part)));
  return JSON.parse(line) as Line;
}

test("an edited file is understood at once, in the middle of a sentence too; a broken one changes nothing and says where", async () => {
  write(MUSIC);
  const closing = toPcm16(await readAudio("demo/en/3.flac")); // "close the bedroom blinds"
  const run = startEarshot(["run", "--json", "--intents", folder, "--input", "-"]);
  await told(run, '"ready"');
  run.child.stdin?.write(closing);
  await told(run, '"ignored"', '"u1"');

  run.child.stdin?.write(closing.subarray(0, closing.length / 3));
  await told(run, '"speech-start"', '"u2"');
  write(MUSIC, BLINDS);
  expect(await told(run, '"templates"', '"reloaded"')).toMatchObject({ unsayable: [] });
  run.child.stdin?.write(closing.subarray(closing.length / 3));
  const meant = { name: "CloseBlinds", slots: { room: "bedroom" } };
  expect(await told(run, '"intent"', '"u2"')).toMatchObject({ intent: meant });

  write(MUSIC, BLINDS.replace("(blind|blinds)", "(blind|blinds"));
  expect(await told(run, '"templates"', '"failed"')).toMatchObject({
    code: "TEMPLATES_INVALID",
    message: expect.stringMatching(/home\.yaml:5:\d+: /),
  });
  run.child.stdin?.write(closing);
  expect(await told(run, '"intent"', '"u3"')).toMatchObject({ intent: meant });

  run.child.stdin?.end();
  const { code, stdout } = await run.ended;
  expect(code).toBe(0);
  expect(jsonLines(stdout).at(-1)).toMatchObject({ type: "shutdown", report: { ok: true } });
}, 60_000);

test("what the rules say is taken with the templates, and below the wake phrase too", async () => {
  const checked = BLINDS.replace(
    "data:",
    "check: { slots: { room: { required: true } } }\n    data:",
  );
  write(MUSIC);
  const wake = ["--wake", "hey computer"];
  const run = startEarshot(["run", "--json", "--intents", folder, "--input", "-", ...wake]);
  await told(run, '"ready"');
  write(MUSIC, checked);
  await told(run, '"templates"', '"reloaded"');
  run.child.stdin?.write(toPcm16(await say("hey computer, close the blinds")));
  expect(await told(run, '"checked"')).toMatchObject({
    intent: "CloseBlinds",
    outcome: "missing",
    slot: "room",
  });
  run.child.stdin?.end();
  expect((await run.ended).code).toBe(0);
}, 60_000);

test("several commands in one sentence reach the skills one after another, also with --once", async () => {
  using skills = new SkillsFolder({
    home: `import { onIntent } from "earshot/skills";
import { setTimeout as delay } from "node:timers/promises";
onIntent("LightsOff", async ({ slots }) => {
  await delay(50);
  note("off " + slots.room);
});
onIntent("CloseBlinds", () => note("closed"));`,
  });
  const speech = toPcm16(await say("turn off the kitchen light and close the blinds"));
  const args = ["--intents", "demo/en/intents.yaml", "--skills", skills.folder, "--input", "-"];
  const { code, stdout } = await earshot(["run", "--json", "--once", ...args], speech);
  expect(code).toBe(0);
  const events = jsonLines(stdout);
  expect(events.filter(({ type }) => type === "intent")).toMatchObject([
    { intent: { name: "LightsOff" }, further: [{ name: "CloseBlinds" }], utteranceId: "u1" },
    { intent: { name: "CloseBlinds" }, utteranceId: "u1" },
  ]);
  expect(events.filter(({ type }) => type === "handled")).toMatchObject([
    { intent: "LightsOff", handled: true },
    { intent: "CloseBlinds", handled: true },
  ]);
  expect(skills.noted()).toEqual(["off kitchen", "closed"]);
}, 60_000);
