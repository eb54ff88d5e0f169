import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { complaints, earshot, jsonLines, startEarshot, type Running } from "./earshot.ts";
import { SkillsFolder } from "./skills-folder.ts";

const RUN = ["run", "--json", "--intents", "demo/en/intents.yaml"] as const;
type Line = Record<string, unknown>;
const ofType = (stdout: string, type: string): Line[] =>
  jsonLines(stdout).filter((event) => event["type"] === type);
const until = (run: Running, type: string, part = ""): Promise<string> =>
  run.line((text) => text.includes(`"type":"${type}"`) && text.includes(part));

const LIGHTS = `import { onIntent, onCleanup, say } from "earshot/skills";
onIntent("LightsOn", ({ slots }) => say("lights.on", slots));
onIntent("StopMusic", () => { note("stopped"); return "Quiet now."; });
onCleanup(() => note("cleaned up"));`;

async function pcm16(...files: string[]): Promise<Buffer> {
  const parts = await Promise.all(
    files.map(async (file) => {
      const samples = await readAudio(file);
      return Int16Array.from(samples, (sample) => Math.round(sample * 32_767));
    }),
  );
  return Buffer.concat(parts.flatMap((pcm) => [Buffer.from(pcm.buffer), Buffer.alloc(48_000)]));
}

test("a command goes to its skill, whose reply is said; cleanups run at the end", async () => {
  using skills = new SkillsFolder({ lights: LIGHTS });
  const replies = path.join(skills.root, "replies.yaml");
  writeFileSync(replies, 'replies: { lights.on: "The light in the {room} is on." }');
  const args = [...RUN, "--skills", skills.folder, "--replies", replies, "--input", "-"];
  const { code, stdout, stderr } = await earshot(
    args,
    await pcm16("demo/en/1.flac", "demo/en/7.flac", "demo/en/3.flac"),
  );
  expect({ code, stderr: complaints(stderr) }).toEqual({ code: 0, stderr: "" });
  expect(ofType(stdout, "handled")).toEqual([
    expect.objectContaining({ utteranceId: "u1", intent: "LightsOn", handled: true }),
    expect.objectContaining({ utteranceId: "u2", intent: "StopMusic", handled: true }),
    expect.objectContaining({ utteranceId: "u3", intent: "CloseBlinds", handled: false }),
  ]);
  expect(ofType(stdout, "reply").map(({ text, utteranceId }) => [utteranceId, text])).toEqual([
    ["u1", "The light in the kitchen is on."],
    ["u2", "Quiet now."],
    ["u3", expect.stringMatching(/nobody here|cannot do it/)],
  ]);
  expect(skills.noted()).toEqual(["stopped", "cleaned up"]);
});

test("--once ends when the first command has been worked on, and its reply spoken", async () => {
  using skills = new SkillsFolder({ lights: LIGHTS });
  const said = path.join(skills.root, "said");
  const args = [...RUN, "--skills", skills.folder, "--say", `sh -c 'cat >> "$1"' sh ${said}`];
  const input = await pcm16("demo/en/7.flac", "demo/en/1.flac");
  const { code, stdout } = await earshot([...args, "--once", "--input", "-"], input);
  expect(code).toBe(0);
  expect(ofType(stdout, "reply")).toHaveLength(1);
  expect(ofType(stdout, "reply-end")).toEqual([
    expect.objectContaining({ utteranceId: "u1", outcome: "said" }),
  ]);
  expect(skills.noted()).toEqual(["stopped", "cleaned up"]);
});

test("a skill that throws is told and apologised for; the next command is handled", async () => {
  const throws = `import { onIntent } from "earshot/skills";
onIntent("LightsOn", () => { throw new Error("no lamp"); });`;
  using skills = new SkillsFolder({ throws, lights: LIGHTS.replace("LightsOn", "LightsOff") });
  const args = [...RUN, "--skills", skills.folder, "--input", "-"];
  const input = await pcm16("demo/en/1.flac", "demo/en/7.flac");
  const { code, stdout } = await earshot(args, input);
  expect(code).toBe(0);
  expect(ofType(stdout, "handled")).toEqual([
    expect.objectContaining({ code: "SKILL_FAILED", message: expect.stringContaining("no lamp") }),
    expect.objectContaining({ intent: "StopMusic", handled: true }),
  ]);
  expect(ofType(stdout, "reply").map(({ key }) => key)).toEqual(["earshot.failed", undefined]);
});

test("skills know by a signal when somebody speaks, until that is dealt with", async () => {
  using skills = new SkillsFolder({
    music: `import { onIntent, signals } from "earshot/skills";
signals.on("listening", (isListening) => note("listening " + isListening));
onIntent("StopMusic", () => note("stopped"));`,
  });
  const args = [...RUN, "--skills", skills.folder, "--input", "-"];
  const { code } = await earshot(args, await pcm16("demo/en/7.flac"));
  expect(code).toBe(0);
  expect(skills.noted()).toEqual(["listening true", "stopped", "listening false"]);
});

test("SIGHUP reloads the skills when so configured, and only then", async () => {
  using skills = new SkillsFolder({ lights: LIGHTS });
  const run = startEarshot([...RUN, "--skills", skills.folder, "--reload-on-hup", "--input", "-"]);
  await until(run, "ready");
  skills.write("lights", LIGHTS.replace("Quiet now.", "Reloaded."));
  run.child.kill("SIGHUP");
  await until(run, "skills", '"state":"reloaded","reason":"signal"');
  run.child.stdin?.write(await pcm16("demo/en/7.flac"));
  expect(await until(run, "reply")).toContain("Reloaded.");
  run.child.kill("SIGTERM");
  const { signal, stderr } = await run.ended;
  expect({ signal, stderr: complaints(stderr) }).toEqual({ signal: "SIGTERM", stderr: "" });
  expect(skills.noted()).toEqual(["cleaned up", "stopped", "cleaned up"]);
});

test("SIGTERM lets the command under way finish, within its limit", async () => {
  const slow = `import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { onIntent } from "earshot/skills";
onIntent("StopMusic", async () => {
  note("begun");
  while (!existsSync(new URL("../enough", import.meta.url))) await delay(10);
  note("finished");
});`;
  using skills = new SkillsFolder({ slow });
  const run = startEarshot([
    ...RUN,
    "--skills",
    skills.folder,
    "--on",
    "intent=true",
    "--input",
    "-",
  ]);
  await until(run, "ready");
  run.child.stdin?.write(await pcm16("demo/en/7.flac"));
  await vi.waitFor(() => expect(skills.noted()).toEqual(["begun"]), 20_000);
  run.child.kill("SIGTERM");
  await once(run.child.stderr!, "data"); // "cleaning up…": it waits for the command
  writeFileSync(path.join(skills.root, "enough"), "");
  const { signal, stdout } = await run.ended;
  expect(signal).toBe("SIGTERM");
  expect(skills.noted()).toEqual(["begun", "finished"]);
  expect(ofType(stdout, "handled")).toEqual([expect.objectContaining({ handled: true })]);
  expect(ofType(stdout, "shutdown")[0]).toMatchObject({ report: { ok: true } });
});

test("SIGUSR2 listens now: the wake phrase is not needed", async () => {
  using skills = new SkillsFolder({ lights: LIGHTS });
  const args = ["--skills", skills.folder, "--wake", "hey computer", "--input", "-"];
  const run = startEarshot([...RUN, ...args]);
  await until(run, "ready");
  run.child.kill("SIGUSR2");
  run.child.stdin?.write(await pcm16("demo/en/7.flac"));
  await until(run, "wake", '"by":"request"');
  expect(await until(run, "reply")).toContain("Quiet now.");
  run.child.stdin?.end();
  expect((await run.ended).code).toBe(0);
});

test("a request while it still starts counts when it listens", async () => {
  const run = startEarshot([...RUN, "--wake", "hey computer", "--debug", "--input", "-"]);
  run.child.stdin?.write(await pcm16("demo/en/7.flac"));
  const said = new Promise((resolve) => run.child.stderr?.once("data", resolve));
  await said; // a part of it is there, and it does not listen yet
  run.child.kill("SIGUSR2");
  expect(await until(run, "intent")).toContain("StopMusic");
  run.child.kill("SIGTERM");
  const { signal, stdout } = await run.ended;
  expect(signal).toBe("SIGTERM");
  expect(ofType(stdout, "wake")).toMatchObject([{ by: "request" }]);
});

test("skills that cannot be loaded at the start are one line and exit status 2", async () => {
  using skills = new SkillsFolder({ broken: "const = 3;" });
  const args = [...RUN, "--skills", skills.folder, "--input", "demo/en/7.flac"];
  const { code, stderr } = await earshot(args);
  expect(stderr).toMatch(/^earshot: .*broken\.js.*\n$/);
  expect(code).toBe(2);
});

test("SIGINT in the middle of a reload ends it all, with no generation left behind", async () => {
  const slow = `${LIGHTS}
import { existsSync } from "node:fs";
note("loading");
while (existsSync(new URL("../hold", import.meta.url))) await new Promise(setImmediate);`;
  using skills = new SkillsFolder({ slow });
  const run = startEarshot([...RUN, "--skills", skills.folder, "--reload-on-hup", "--input", "-"]);
  await until(run, "ready");
  writeFileSync(path.join(skills.root, "hold"), "");
  run.child.kill("SIGHUP");
  await vi.waitFor(() => expect(skills.noted()).toEqual(["loading", "loading"]), 20_000);
  run.child.kill("SIGINT");
  const { signal, stderr, stdout } = await run.ended;
  expect({ signal, stderr: complaints(stderr) }).toEqual({ signal: "SIGINT", stderr: "" });
  expect(ofType(stdout, "shutdown")[0]).toMatchObject({ report: { ok: true } });
  const cleanups = skills.noted().slice(2);
  expect(cleanups.length).toBeGreaterThanOrEqual(1);
  expect(cleanups.length).toBeLessThanOrEqual(2);
});
