import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { complaints, earshot, jsonLines, startEarshot } from "./earshot.ts";

const RUN = ["run", "--json", "--intents", "demo/en/intents.yaml"] as const;

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "hooks-"));
  log = path.join(folder, "log");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A command that writes down its event and what it was given. */
const noting = (word: string): string => `sh -c 'echo "${word} $EARSHOT_EVENT $(cat)" >> ${log}'`;
const noted = (): string[] => readFileSync(log, "utf8").trimEnd().split("\n");

async function pcm16(file: string): Promise<Buffer> {
  const samples = await readAudio(file);
  const pcm = Int16Array.from(samples, (sample) => Math.round(sample * 32_767));
  return Buffer.concat([Buffer.from(pcm.buffer), Buffer.alloc(32_000)]);
}

test("commands run when it is spoken to, when that is done, and at an event, which they get", async () => {
  const hooks = [
    "--on-listen",
    noting("a"),
    "--on-done",
    noting("b"),
    "--on",
    `intent=${noting("c")}`,
  ];
  const { code, stderr } = await earshot([...RUN, ...hooks, "--input", "demo/en/1.flac"]);
  expect({ code, stderr: complaints(stderr) }).toEqual({ code: 0, stderr: "" });
  const lines = noted();
  expect(lines.map((line) => line.slice(0, 8).trim())).toEqual([
    "a listen",
    "c intent",
    "b done {",
  ]);
  expect(JSON.parse(lines[1]?.slice("c intent ".length) ?? "")).toMatchObject({
    type: "intent",
    utteranceId: "u1",
    intent: { name: "LightsOn", slots: { room: "kitchen" } },
  });
});

test("what listening has changed is changed back, also when a signal ends it in the middle", async () => {
  const hooks = ["--on-listen", noting("pause"), "--on-done", noting("play")];
  const { child, line, ended } = startEarshot([...RUN, ...hooks, "--input", "-"]);
  await line((text) => text.includes('"ready"'));
  const speech = await pcm16("demo/en/1.flac");
  child.stdin?.write(Buffer.concat([Buffer.alloc(64_000), speech.subarray(0, 48_000)]));
  await line((text) => text.includes('"speech-start"'));
  child.kill("SIGTERM");
  const { signal, stderr } = await ended;
  expect({ signal, stderr: complaints(stderr) }).toEqual({ signal: "SIGTERM", stderr: "" });
  expect(noted().map((each) => each.split(" ")[0])).toEqual(["pause", "play"]);
});

test("a hook that fails or hangs is an event, and does not call itself", async () => {
  const hooks = ["--on", "intent=sh -c 'exit 3'", "--on", `error=${noting("error")}`];
  const { code, stdout } = await earshot([...RUN, ...hooks, "--input", "demo/en/1.flac"]);
  expect(code).toBe(0);
  expect(jsonLines(stdout).filter(({ type }) => type === "error")).toEqual([
    expect.objectContaining({
      code: "HOOK_FAILED",
      message: expect.stringContaining("ended with 3"),
    }),
  ]);
  expect(existsSync(log)).toBe(false);
});

test.each([
  [["--on", "wake"], /--on: "wake" is not of the form event=command/],
  [["--on", "wakee=true"], /--on: no event "wakee"; did you mean "wake"\?/],
  [["--on-done", "no-such-program-here"], /--on done: "no-such-program-here" is not installed/],
  [["--on-listen", "sh -c 'x"], /--on listen: a ' is never closed/],
  [["--say", "no-such-program-here"], /--say: "no-such-program-here" is not installed/],
  [["--replies", "/none.yaml"], /\/none\.yaml: no such file or folder/],
])("a mistake in %j is one line and exit status 2", async (args, message) => {
  const { code, stderr } = await earshot([...RUN, ...args, "--input", "demo/en/1.flac"]);
  expect(stderr).toMatch(/^earshot: .*\n$/);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
