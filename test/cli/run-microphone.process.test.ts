import { expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { AlsaFeed } from "../audio/alsa-feed.ts";
import { isAlive, processTable } from "../helpers/process-table.ts";
import { complaints, jsonLines, startEarshot } from "./earshot.ts";

const RUN = ["run", "--json", "--intents", "demo/en/intents.yaml"] as const;
const ARECORD = ["--recorder", "arecord", "--device", "feed"] as const;
const SILENCE_SAMPLES = 2 * 16_000;

/** Silence to get used to the room, the recording, and silence that ends it. */
async function spoken(file: string): Promise<Int16Array> {
  const samples = await readAudio(file);
  const pcm = new Int16Array(samples.length + 2 * SILENCE_SAMPLES);
  for (const [i, sample] of samples.entries()) pcm[SILENCE_SAMPLES + i] = sample * 32_767;
  return pcm;
}

const childrenOf = (pid: number): number[] =>
  processTable().flatMap((row) => (row.parentPid === pid ? [row.pid] : []));

test("a command spoken into a real arecord is understood; Ctrl+C ends both", async () => {
  using feed = new AlsaFeed();
  const { child, line, ended } = startEarshot([...RUN, ...ARECORD], { env: feed.env });
  const playing = spoken("demo/en/3.flac").then((pcm) => feed.play(pcm));
  await line((text) => text.includes('"ready"'));
  const intent = await line((text) => text.includes('"intent"') && text.includes("utteranceId"));
  expect(JSON.parse(intent)).toMatchObject({
    type: "intent",
    intent: { name: "CloseBlinds", slots: { room: "bedroom" } },
  });

  const recorders = childrenOf(child.pid ?? 0);
  expect(recorders).toHaveLength(1);
  child.kill("SIGINT");
  const end = await ended;
  expect(recorders.filter(isAlive)).toEqual([]);
  expect(end).toMatchObject({ code: null, signal: "SIGINT" });
  expect(complaints(end.stderr)).toBe("");
  const events = jsonLines(end.stdout);
  expect(events.map(({ type }) => type).filter((type) => type !== "partial")).toEqual([
    "ready",
    "speech-start",
    "speech-end",
    "final",
    "intent",
    "shutdown",
  ]);
  expect(events.at(-1)).toMatchObject({ report: { ok: true, reason: "SIGINT" } });
  await playing;
}, 30_000);

test("without a recorder it says what to install and ends with 1", async () => {
  const { code, stderr, stdout } = await startEarshot(RUN, { env: { PATH: "/nonexistent" } }).ended;
  expect(stderr).toMatch(/^earshot: .*apt-get install alsa-utils.*\n$/);
  expect(jsonLines(stdout).map(({ type }) => type)).toEqual(["shutdown"]);
  expect(code).toBe(1);
});

test("a device that is not there is told in the recorder's own words", async () => {
  using feed = new AlsaFeed();
  const args = [...RUN, "--recorder", "arecord", "--device", "none"];
  const { code, stderr } = await startEarshot(args, { env: feed.env }).ended;
  expect(stderr).toMatch(/^earshot: arecord .*\n$/);
  expect(code).toBe(1);
});
