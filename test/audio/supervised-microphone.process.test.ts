import { execFileSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  superviseMicrophone,
  type Clock,
  type MicrophoneEvent,
  type SupervisedMicrophoneOptions,
} from "../../src/audio/microphone/supervised-microphone.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { processTable } from "../helpers/process-table.ts";
import { AlsaFeed, requireProgram } from "./alsa-feed.ts";

const FEED = { recorder: "arecord", device: "feed" } as const;

let feed: AlsaFeed;
let scope: Scope;
let events: MicrophoneEvent[];

beforeEach(() => {
  feed = new AlsaFeed();
  for (const [name, value] of Object.entries(feed.env)) vi.stubEnv(name, value);
  scope = new Scope("test");
  events = [];
});

afterEach(async () => {
  await scope.close();
  feed[Symbol.dispose]();
  vi.unstubAllEnvs();
});

type Chunks = AsyncIterator<Float32Array>;

const onEvent = (event: MicrophoneEvent): void => void events.push(event);

async function open(options: Partial<SupervisedMicrophoneOptions> = {}): Promise<Chunks> {
  const microphone = await superviseMicrophone(scope, { ...FEED, onEvent, ...options });
  return microphone[Symbol.asyncIterator]();
}

/** Reads sound until `isEnough`. */
async function takeUntil(chunks: Chunks, isEnough: () => boolean): Promise<number> {
  let samples = 0;
  while (!isEnough()) samples += (await chunks.next()).value.length;
  return samples;
}

async function takeAll(chunks: Chunks): Promise<void> {
  while (!(await chunks.next()).done);
}

const statesNow = (): unknown[] => events.map(({ state }) => state);
const lostAndOpened = (): boolean => events.some(({ state }) => state === "opened");

const recorders = (name: string): number[] =>
  processTable().flatMap((row) =>
    row.parentPid === process.pid && row.command === name ? [row.pid] : [],
  );

test.each([
  ["arecord", "alsa-utils"],
  ["sox", "sox libsox-fmt-alsa"],
])("%s is started again after it is killed, and the sound goes on", async (recorder, packages) => {
  requireProgram(recorder, packages);
  const playing = feed.playForEver();
  const chunks = await open({ recorder });
  await chunks.next();
  const [before] = recorders(recorder);
  process.kill(before ?? 0, "SIGKILL");
  await takeUntil(chunks, lostAndOpened);
  expect((await chunks.next()).value.length).toBeGreaterThan(0);
  expect(recorders(recorder)).toHaveLength(1);
  expect(recorders(recorder)).not.toEqual([before]);
  expect(events).toEqual([
    {
      state: "lost",
      code: "MICROPHONE_FAILED",
      message: expect.stringContaining(`${recorder} ended (killed)`),
      retryInMs: 250,
    },
    { state: "opened", recorder, deafMs: expect.any(Number) },
  ]);
  feed.stop();
  await playing;
});

test("a recorder that stalls is stopped and started again", async () => {
  const playing = feed.play(new Int16Array(4_000).fill(1_000));
  const chunks = await open({ stallMs: 400 });
  await playing;
  const [before] = recorders("arecord");
  const taking = takeUntil(chunks, lostAndOpened);
  await vi.waitFor(() => expect(statesNow()).toEqual(["lost"]), 5_000);
  const again = feed.playForEver();
  await taking;
  expect(events[0]).toMatchObject({ message: expect.stringContaining("no sound for 400 ms") });
  expect(recorders("arecord")).not.toEqual([before]);
  feed.stop();
  await again;
});

test("a missing device is tried less and less often until it returns", async () => {
  const config = feed.env.ALSA_CONFIG_PATH;
  const waitedMs: number[] = [];
  let nowMs = 0;
  const clock: Clock = {
    nowMs: () => nowMs,
    delay: async (ms) => {
      nowMs += ms;
      waitedMs.push(ms);
      if (waitedMs.length === 10) renameSync(`${config}.away`, config); // it is plugged in again
    },
  };
  const playing = feed.play(new Int16Array(4_000).fill(1_000));
  const chunks = await open({ clock });
  await playing;
  renameSync(config, `${config}.away`);
  process.kill(recorders("arecord")[0] ?? 0, "SIGKILL");
  const taking = takeUntil(chunks, lostAndOpened);
  await vi.waitFor(() => expect(waitedMs).toHaveLength(10), 10_000);
  const again = feed.playForEver();
  await taking;
  expect(waitedMs).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(statesNow()).toEqual([...waitedMs.map(() => "lost"), "opened"]);
  expect(events.at(-1)).toMatchObject({ deafMs: waitedMs.reduce((sum, ms) => sum + ms, 0) });
  feed.stop();
  await again;
});

test("a recorder that ran well for a while is started again after the shortest delay", async () => {
  const waitedMs: number[] = [];
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, delay: async (ms) => void waitedMs.push(ms) };
  const playing = feed.playForEver();
  const chunks = await open({ clock });
  for (const ranMs of [1_000, 1_000, 60_000]) {
    nowMs += ranMs;
    const before = events.length;
    process.kill(recorders("arecord")[0] ?? 0, "SIGKILL");
    await takeUntil(chunks, () => events.length === before + 2);
  }
  expect(waitedMs).toEqual([250, 500, 250]);
  feed.stop();
  await playing;
});

test("a recorder that dies every second still delivers the sound in between", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "dying-recorder-"));
  const arecord = execFileSync("which", ["arecord"], { encoding: "utf8" }).trim();
  const script = `#!/bin/sh\nexec timeout -s KILL 1 ${arecord} "$@"\n`;
  writeFileSync(path.join(folder, "arecord"), script, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
  const playing = feed.playForEver();
  const chunks = await open();
  const samples = await takeUntil(
    chunks,
    () => statesNow().filter((state) => state === "opened").length === 3,
  );
  expect(samples).toBeGreaterThan(1.5 * 16_000);
  expect(events.flatMap((event) => (event.state === "lost" ? [event.retryInMs] : []))).toEqual([
    250, 500, 1_000,
  ]);
  feed.stop();
  await playing;
  rmSync(folder, { recursive: true });
});

test("sound that is not read in time is dropped, the oldest first, and reported", async () => {
  const playing = feed.play(new Int16Array(4_000).fill(1_000));
  const chunks = await open({ bufferMs: 500 });
  await playing;
  await chunks.next();
  await feed.play(new Int16Array(32_000).fill(1_000)); // 2 s that nobody reads
  await chunks.next();
  expect(events).toEqual([{ state: "dropped", droppedMs: expect.any(Number) }]);
  const [dropped] = events;
  expect(dropped?.state === "dropped" ? dropped.droppedMs : 0).toBeGreaterThan(1_000);
});

/** Never resolves. */
const STOPPED: Clock = {
  nowMs: () => 0,
  delay: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    }),
};

test("leaving the loop ends the microphone at once, even while it waits to retry", async () => {
  const playing = feed.play(new Int16Array(4_000).fill(1_000));
  const chunks = await open({ clock: STOPPED });
  await playing;
  process.kill(recorders("arecord")[0] ?? 0, "SIGKILL");
  const taking = takeAll(chunks);
  await vi.waitFor(() => expect(statesNow()).toEqual(["lost"]), 5_000);
  await chunks.return?.();
  await taking;
  expect(statesNow()).toEqual(["lost"]);
  expect(scope.status().held).toEqual([]);
});

test("closing the scope ends the microphone at once, even while it waits to retry", async () => {
  const playing = feed.play(new Int16Array(4_000).fill(1_000));
  const chunks = await open({ clock: STOPPED });
  await playing;
  process.kill(recorders("arecord")[0] ?? 0, "SIGKILL");
  const taking = takeUntil(chunks, () => false);
  taking.catch(() => {});
  await vi.waitFor(() => expect(statesNow()).toEqual(["lost"]), 5_000);
  await scope.close();
  await expect(taking).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
  expect(recorders("arecord")).toEqual([]);
});

test("a microphone that does not open the first time fails", async () => {
  await expect(open({ device: "no-such" })).rejects.toMatchObject({ code: "MICROPHONE_FAILED" });
  expect(events).toEqual([]);
});
