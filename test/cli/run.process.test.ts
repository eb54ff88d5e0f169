import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { complaints, earshot, jsonLines, ROOT, startEarshot } from "./earshot.ts";

const RUN = ["run", "--json", "--intents", "demo/en/intents.yaml"] as const;
const typesOf = (events: readonly Record<string, unknown>[]): unknown[] =>
  events.map(({ type }) => type).filter((type) => type !== "partial");

/** The recording and a second of silence, as headerless PCM16. */
async function pcm16(file: string): Promise<Buffer> {
  const samples = await readAudio(file);
  const pcm = Int16Array.from(samples, (sample) => Math.round(sample * 32_767));
  return Buffer.concat([Buffer.from(pcm.buffer), Buffer.alloc(32_000)]);
}

test("a recording runs through every stage, and the last line says how it was released", async () => {
  const { code, stdout } = await earshot([...RUN, "--input", "demo/en/1.flac"]);
  const events = jsonLines(stdout);
  expect(code).toBe(0);
  expect(typesOf(events)).toEqual([
    "ready",
    "speech-start",
    "speech-end",
    "final",
    "intent",
    "shutdown",
  ]);
  expect(events.find(({ type }) => type === "intent")).toMatchObject({
    intent: { name: "LightsOn", slots: { room: "kitchen" } },
    utteranceId: "u1",
  });
  expect(events.at(-1)).toMatchObject({ report: { ok: true, reason: "close" } });
});

test("PCM16 on stdin is heard, and --once ends after the first command", async () => {
  const input = Buffer.concat([await pcm16("demo/en/7.flac"), await pcm16("demo/en/1.flac")]);
  const { code, stdout } = await earshot([...RUN, "--input", "-", "--once"], input);
  const intents = jsonLines(stdout).filter(({ type }) => type === "intent");
  expect(code).toBe(0);
  expect(intents).toEqual([
    expect.objectContaining({ intent: expect.objectContaining({ name: "StopMusic" }) }),
  ]);
});

test("--duration ends it also while no sound comes", async () => {
  const { child, ended } = startEarshot([...RUN, "--input", "-", "--duration", "300ms"]);
  const { code, stdout, stderr } = await ended; // stdin stays open
  child.stdin?.destroy();
  expect({ code, stderr: complaints(stderr) }).toEqual({ code: 0, stderr: "" });
  expect(typesOf(jsonLines(stdout))).toEqual(["ready", "shutdown"]);
});

test.runIf(existsSync("/dev/full"))(
  "a log on a full disk is told once; the run goes on, and ends with 1",
  async () => {
    const args = [...RUN, "--input", "demo/en/7.flac", "--log", "/dev/full"];
    const { code, stdout, stderr } = await earshot(args);
    expect(stderr).toMatch(/^earshot: --log \/dev\/full .*ENOSPC.*\n$/);
    const events = jsonLines(stdout);
    expect(typesOf(events)).toEqual([
      "ready",
      "error",
      "speech-start",
      "speech-end",
      "final",
      "intent",
      "shutdown",
    ]);
    expect(events.find(({ type }) => type === "error")).toMatchObject({ code: "LOG_FAILED" });
    expect(code).toBe(1);
  },
);

test("onnxruntime leaves no log of telemetry behind", async () => {
  const { child, ended } = startEarshot(["transcribe", "demo/en/7.flac"]);
  const log = path.join(tmpdir(), `mat-debug-${child.pid}.log`);
  rmSync(log, { force: true }); // of an earlier process with the same id
  expect((await ended).code).toBe(0);
  expect(existsSync(log)).toBe(false);
});

test("positions are those in the audio, to the last line", async () => {
  const { stdout } = await earshot([...RUN, "--input", "demo/en/1.flac"]);
  const atMs = jsonLines(stdout).map((event) => Number(event["atMs"]));
  expect(atMs).toEqual(atMs.toSorted((a, b) => a - b));
  expect(atMs.at(-1)).toBe(2555);
});

test("a recording that is not there is named before listening begins: exit status 2", async () => {
  const { code, stdout, stderr } = await earshot([...RUN, "--input", "/none.wav"]);
  expect(stderr).toMatch(/^earshot: .*\/none\.wav.*\n$/);
  expect(typesOf(jsonLines(stdout))).toEqual(["shutdown"]);
  expect(code).toBe(2);
});

test("what is said goes to a file only when --log asks for it, readable by its owner alone", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-log-"));
  const log = path.join(folder, "events.jsonl");
  await earshot([...RUN, "--input", "demo/en/7.flac", "--log", log]);
  const events = jsonLines(readFileSync(log, "utf8"));
  expect(typesOf(events)).toContain("intent");
  expect(events.at(-1)).toMatchObject({ type: "shutdown", report: { ok: true } });
  expect(events[0]).toMatchObject({ time: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect(new Set(events.map(({ run }) => run)).size).toBe(1);
  expect(statSync(log).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s while listening ends it by that signal, with the report as the last line",
  async (signal) => {
    const { child, line, ended } = startEarshot([...RUN, "--input", "-"]);
    await line((text) => text.includes('"ready"'));
    child.stdin?.write(await pcm16("demo/en/1.flac"));
    await line((text) => text.includes('"intent"'));
    child.kill(signal);
    const end = await ended;
    expect(end).toMatchObject({ code: null, signal });
    expect(complaints(end.stderr)).toBe("");
    expect(jsonLines(end.stdout).at(-1)).toMatchObject({
      type: "shutdown",
      report: { ok: true, reason: signal },
    });
  },
);

test("a reader of stdout that goes away ends it quietly", async () => {
  const { child, line, ended } = startEarshot([...RUN, "--input", "-"]);
  await line((text) => text.includes('"ready"'));
  child.stdout?.destroy();
  child.stdin?.on("error", () => {}); // the program may be gone before it has read everything
  child.stdin?.write(await pcm16("demo/en/1.flac"));
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(0);
  expect(complaints((await ended).stderr)).toBe("");
});

test("stdout on a full disk is one line on stderr and exit status 1", async () => {
  const full = openSync("/dev/full", "w");
  const program = path.join(ROOT, "dist/bin/earshot.js");
  const { status, stderr } = spawnSync(
    process.execPath,
    [program, ...RUN, "--input", "demo/en/7.flac"],
    { cwd: ROOT, stdio: ["ignore", full, "pipe"], encoding: "utf8" },
  );
  closeSync(full);
  expect(stderr).toMatch(/^earshot: stdout cannot be written: ENOSPC.*\n$/);
  expect(status).toBe(1);
});
