import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { AlsaFeed } from "../audio/alsa-feed.ts";
import { processTable } from "../helpers/process-table.ts";
import { jsonLines, startEarshot, type Running } from "./earshot.ts";
import { SkillsFolder } from "./skills-folder.ts";

const RUN = "run --json --intents demo/en/intents.yaml --recorder arecord --device feed".split(" ");
const BLINDS = "demo/en/3.flac";
const STOP_MUSIC = "demo/en/7.flac";
const LIGHTS = "demo/en/1.flac";

let feed: AlsaFeed;
beforeEach(() => (feed = new AlsaFeed()));
afterEach(() => feed[Symbol.dispose]());

/** Recordings, and silence of so many ms between them. */
async function sound(...parts: (string | number)[]): Promise<Int16Array> {
  const pieces = await Promise.all(
    parts.map(async (part) =>
      typeof part === "number" ? new Float32Array(part * 16) : readAudio(part),
    ),
  );
  return Int16Array.from(
    pieces.flatMap((piece) => Array.from(piece)),
    (sample) => sample * 32_767,
  );
}

type Line = Record<string, unknown>;

/** Ends it by SIGTERM; everything that it told. */
async function ended(run: Running): Promise<Line[]> {
  run.child.kill("SIGTERM");
  const { signal, stdout } = await run.ended;
  expect(signal).toBe("SIGTERM");
  const events = jsonLines(stdout);
  expect(events.at(-1)).toMatchObject({ type: "shutdown", report: { ok: true } });
  return events;
}

const intentsOf = (events: readonly Line[]): unknown[] =>
  events.flatMap(({ type, intent }) => (type === "intent" ? [(intent as Line)["name"]] : []));
const ready = (run: Running): Promise<string> => run.line((text) => text.includes('"ready"'));
const heard = (run: Running, intent: string): Promise<string> =>
  run.line((text) => text.includes('"type":"intent"') && text.includes(intent));

test("a recorder that is killed is told of and started again; the next command is understood", async () => {
  const run = startEarshot(RUN, { env: feed.env });
  const first = feed.play(await sound(2_000, BLINDS, 1_500));
  await ready(run);
  await heard(run, "CloseBlinds");
  await first;
  const recorder = processTable().find(
    ({ parentPid, command }) => parentPid === run.child.pid && command === "arecord",
  );
  process.kill(recorder?.pid ?? 0, "SIGKILL");
  await run.line((text) => text.includes('"microphone"') && text.includes('"lost"'));
  const second = feed.play(await sound(1_500, STOP_MUSIC, 1_500));
  await heard(run, "StopMusic");
  await second;
  const events = await ended(run);
  expect(events.filter(({ type }) => type === "microphone")).toEqual([
    expect.objectContaining({ state: "lost", code: "MICROPHONE_FAILED", retryInMs: 250 }),
    expect.objectContaining({ state: "opened", recorder: "arecord" }),
  ]);
  expect(intentsOf(events)).toEqual(["CloseBlinds", "StopMusic"]);
}, 60_000);

test("a command that comes while another is worked on is ignored, and told; the next one counts", async () => {
  using skills = new SkillsFolder({
    slow: `import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { onIntent } from "earshot/skills";
onIntent("CloseBlinds", async () => {
  while (!existsSync(new URL("../closed", import.meta.url))) await delay(20);
});
onIntent("StopMusic", () => note("stopped"));
onIntent("LightsOn", () => note("lit"));`,
  });
  const run = startEarshot([...RUN, "--skills", skills.folder], { env: feed.env });
  const first = feed.play(await sound(2_000, BLINDS, 1_000, STOP_MUSIC, 1_500));
  await ready(run);
  await run.line((text) => text.includes('"ignored"') && text.includes("u2"));
  writeFileSync(path.join(skills.root, "closed"), "");
  await run.line((text) => text.includes('"handled"') && text.includes("CloseBlinds"));
  await first;
  const second = feed.play(await sound(500, LIGHTS, 1_500));
  await run.line((text) => text.includes('"handled"') && text.includes("LightsOn"));
  await second;
  const events = await ended(run);
  expect(intentsOf(events)).toEqual(["CloseBlinds", "LightsOn"]);
  expect(events.filter(({ type }) => type === "ignored")).toEqual([
    expect.objectContaining({ reason: "busy", text: "stop the music", utteranceId: "u2" }),
  ]);
  expect(skills.noted()).toEqual(["lit"]);
}, 60_000);

const TALKATIVE = `import { onIntent } from "earshot/skills";
onIntent("CloseBlinds", () => "They are closed.");
onIntent("StopMusic", () => "Quiet.");
onIntent("LightsOn", () => "Lit.");`;

test("while it speaks it does not listen, so that it never hears itself", async () => {
  using skills = new SkillsFolder({ talkative: TALKATIVE });
  const args = ["--skills", skills.folder, "--say", "sleep 5"];
  const run = startEarshot([...RUN, ...args], { env: feed.env });
  const playing = feed.play(await sound(2_000, BLINDS, 1_500, STOP_MUSIC, 5_000, LIGHTS, 1_500));
  await ready(run);
  await heard(run, "LightsOn");
  await playing;
  const events = await ended(run);
  expect(intentsOf(events)).toEqual(["CloseBlinds", "LightsOn"]);
  expect(events.filter(({ type }) => type === "speech-start")).toHaveLength(2);
}, 60_000);

test("with --barge-in speech cuts the reply off, and is understood", async () => {
  using skills = new SkillsFolder({ talkative: TALKATIVE });
  const args = ["--skills", skills.folder, "--say", "sleep 60", "--barge-in"];
  const run = startEarshot([...RUN, ...args], { env: feed.env });
  const playing = feed.play(await sound(2_000, BLINDS, 1_500, STOP_MUSIC, 1_500));
  await ready(run);
  await heard(run, "StopMusic");
  await playing;
  const events = await ended(run);
  expect(events.find(({ type }) => type === "reply-end")).toMatchObject({
    outcome: "interrupted",
    utteranceId: "u1",
  });
  expect(intentsOf(events)).toEqual(["CloseBlinds", "StopMusic"]);
}, 60_000);

test("a reply command that hangs, floods or fails stops nothing", async () => {
  using skills = new SkillsFolder({ talkative: TALKATIVE });
  const args = ["--skills", skills.folder, "--say", "sh -c 'yes >&2'"];
  const run = startEarshot([...RUN, ...args], { env: feed.env });
  const playing = feed.play(await sound(2_000, BLINDS, 2_500, STOP_MUSIC, 1_500));
  await ready(run);
  await heard(run, "StopMusic");
  await playing;
  const events = await ended(run);
  expect(events.find(({ type }) => type === "reply-end")).toMatchObject({
    outcome: "failed",
    code: "REPLY_FAILED",
  });
}, 60_000);
