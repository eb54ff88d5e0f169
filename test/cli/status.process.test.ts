import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { complaints, jsonLines, startEarshot, type Ended, type Running } from "./earshot.ts";

const RUN = ["run", "--json", "--intents", "demo/en/intents.yaml", "--input", "-"] as const;

let runtime: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  runtime = mkdtempSync(path.join(tmpdir(), "runtime-"));
  env = { XDG_RUNTIME_DIR: runtime };
});
afterEach(() => rmSync(runtime, { recursive: true }));

const status = (...args: string[]): Promise<Ended> =>
  startEarshot(["status", ...args], { env }).ended;
const socketsNow = (): string[] => readdirSync(path.join(runtime, "earshot"));

async function running(...args: string[]): Promise<Running> {
  const run = startEarshot([...RUN, ...args], { env });
  await run.line((text) => text.includes('"ready"'));
  return run;
}

test("a run tells what it does, through a socket for its owner alone, which goes with it", async () => {
  const { child, ended } = await running("--wake", "hey computer");
  const [name = ""] = socketsNow();
  expect(name).toBe(`${child.pid}.sock`);
  expect(lstatSync(path.join(runtime, "earshot")).mode & 0o777).toBe(0o700);
  expect(lstatSync(path.join(runtime, "earshot", name)).mode & 0o777).toBe(0o600);
  const { code, stdout, stderr } = await status("--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(jsonLines(stdout)).toEqual([
    {
      pid: child.pid,
      answers: true,
      status: expect.objectContaining({
        language: "en",
        wake: "hey computer",
        state: "asleep",
        counters: expect.objectContaining({ utterances: 0, intents: 0 }),
        bus: expect.objectContaining({ refused: 0 }),
      }),
    },
  ]);
  child.kill("SIGTERM");
  expect(complaints((await ended).stderr)).toBe("");
  expect(socketsNow()).toEqual([]);
});

test("several instances are told of each; one that is stopped does not answer, one that was killed is forgotten", async () => {
  const [well, stopped, killed] = [await running(), await running(), await running()];
  expect((await status()).stdout).toMatch(/^\d+  listening for a command; up 0 min \d+ s\n/);
  stopped.child.kill("SIGSTOP");
  killed.child.kill("SIGKILL");
  await killed.ended;
  expect(socketsNow()).toHaveLength(3);
  const instances = jsonLines((await status("--json")).stdout);
  expect(new Map(instances.map(({ pid, answers }) => [pid, answers]))).toEqual(
    new Map([
      [well.child.pid, true],
      [stopped.child.pid, false],
    ]),
  );
  expect(socketsNow()).toHaveLength(2);
  stopped.child.kill("SIGCONT");
  for (const { child } of [well, stopped]) child.kill("SIGTERM");
  await Promise.all([well.ended, stopped.ended]);
});

test("without any it says so and ends with 1", async () => {
  const { code, stdout, stderr } = await status();
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^earshot: no instance is running: start one with earshot run\n$/);
});

test.each([
  ["a link", (folder: string) => symlinkSync("/", folder), /no folder/],
  ["a file", (folder: string) => writeFileSync(folder, ""), /no folder/],
  [
    "a folder that others may enter",
    (folder: string) => {
      mkdirSync(folder);
      chmodSync(folder, 0o777);
    },
    /chmod 700/,
  ],
])("%s in its place is not used: the run says so and goes on", async (_what, make, message) => {
  make(path.join(runtime, "earshot"));
  const { child, ended } = await running();
  child.stdin?.end();
  const end = await ended;
  expect(end.code).toBe(0);
  expect(end.stderr).toMatch(/^earshot: no status of this run: .*\n$/);
  expect(end.stderr).toMatch(message);
  const asked = await status();
  expect({ code: asked.code, stdout: asked.stdout }).toEqual({ code: 1, stdout: "" });
  expect(asked.stderr).toMatch(message);
});

test("a path that is too long for a socket: the folder for temporary files takes its place", async () => {
  const long = path.join(runtime, "x".repeat(120));
  mkdirSync(long);
  const place = { XDG_RUNTIME_DIR: long, TMPDIR: runtime };
  const run = startEarshot([...RUN], { env: place });
  await run.line((text) => text.includes('"ready"'));
  const asked = await startEarshot(["status", "--json"], { env: place }).ended;
  expect(jsonLines(asked.stdout)).toMatchObject([{ pid: run.child.pid, answers: true }]);
  expect(readdirSync(runtime).some((name) => /^earshot-\d+$/.test(name))).toBe(true);
  run.child.kill("SIGTERM");
  expect(complaints((await run.ended).stderr)).toBe("");
});
