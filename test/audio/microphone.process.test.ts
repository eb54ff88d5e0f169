import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { concatSamples } from "../../src/audio/pcm.ts";
import { openMicrophone, type Microphone } from "../../src/audio/microphone/microphone.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { areGone } from "../helpers/process-table.ts";
import { AlsaFeed, requireProgram } from "./alsa-feed.ts";

const FEED = { recorder: "arecord", device: "feed" } as const;
/** Samples that differ from silence and from each other. */
const RAMP = Int16Array.from({ length: 24_000 }, (_, i) => i - 30_000);
const BRIEF = RAMP.subarray(0, 6_000);

let feed: AlsaFeed;
let scope: Scope;

beforeEach(() => {
  feed = new AlsaFeed();
  for (const [name, value] of Object.entries(feed.env)) vi.stubEnv(name, value);
  scope = new Scope("test");
});

afterEach(async () => {
  await scope.close();
  feed[Symbol.dispose]();
  vi.unstubAllEnvs();
});

describe.each([
  ["arecord", "alsa-utils"],
  ["sox", "sox libsox-fmt-alsa"],
  ["rec", "sox libsox-fmt-alsa"],
])("%s", (recorder, packages) => {
  test("delivers every sample of the device", async () => {
    requireProgram(recorder, packages);
    feed.fill(Int16Array.of(...RAMP, ...new Int16Array(8_000)));
    const microphone = await openMicrophone(scope, { ...FEED, recorder });
    const given = (await take(microphone, RAMP.length)).subarray(0, RAMP.length);
    const wrong = given.findIndex((x, i) => x !== RAMP[i]! / 32_768);
    expect({ length: given.length, wrong }).toEqual({ length: RAMP.length, wrong: -1 });
  });
});

test("closing stops the recorder and ends the iteration", async () => {
  const played = feed.play(BRIEF);
  const microphone = await openMicrophone(scope, FEED);
  const pid = recorderPid();
  const heard = take(microphone, Infinity);
  await microphone.close();
  expect(await areGone([pid], 0)).toBe(true);
  expect((await heard).length).toBeLessThanOrEqual(BRIEF.length);
  await played;
});

test("closing the scope stops the recorder and ends the iteration", async () => {
  const played = feed.play(BRIEF);
  const heard = take(await openMicrophone(scope, FEED), Infinity);
  const pid = recorderPid();
  await scope.close();
  expect(await areGone([pid], 0)).toBe(true);
  expect((await heard).length).toBeGreaterThan(0);
  await played;
});

test("leaving the loop stops the recorder", async () => {
  const played = feed.play(BRIEF);
  const microphone = await openMicrophone(scope, FEED);
  const pid = recorderPid();
  for await (const chunk of microphone) if (chunk.length > 0) break;
  expect(await areGone([pid], 0)).toBe(true);
  await played;
});

test("an abort signal stops the recorder, and the iteration throws its reason", async () => {
  const played = feed.play(BRIEF);
  const controller = new AbortController();
  const microphone = await openMicrophone(scope, { ...FEED, signal: controller.signal });
  const pid = recorderPid();
  controller.abort(new Error("enough"));
  await expect(take(microphone, Infinity)).rejects.toThrow("enough");
  expect(await areGone([pid], 0)).toBe(true);
  await played;
});

test("a device that stalls fails after stallMs, and its recorder is stopped", async () => {
  const played = feed.play(RAMP.subarray(0, 4_000));
  const microphone = await openMicrophone(scope, { ...FEED, stallMs: 400 });
  const pid = recorderPid();
  await expect(take(microphone, Infinity)).rejects.toMatchObject({
    code: "MICROPHONE_FAILED",
    message: expect.stringMatching(/^arecord delivered no sound for 400 ms; check that/),
  });
  expect(await areGone([pid], 0)).toBe(true);
  await played;
});

test("a device that never delivers sound does not open", async () => {
  await expect(openMicrophone(scope, { ...FEED, stallMs: 300 })).rejects.toMatchObject({
    code: "MICROPHONE_FAILED",
  });
  expect(scope.status().held).toEqual([]);
});

test("the death of a recorder is reported after the sound that it delivered", async () => {
  const played = feed.play(RAMP.subarray(0, 2_000));
  const microphone = await openMicrophone(scope, FEED);
  process.kill(recorderPid(), "SIGKILL");
  const chunks = microphone[Symbol.asyncIterator]();
  expect((await chunks.next()).value).toHaveLength(2_000);
  await expect(chunks.next()).rejects.toMatchObject({
    code: "MICROPHONE_FAILED",
    message: expect.stringContaining("arecord ended (killed)"),
  });
  await played;
});

test("the failure of a missing device quotes the recorder", async () => {
  await expect(openMicrophone(scope, { ...FEED, device: "no-such" })).rejects.toMatchObject({
    code: "MICROPHONE_FAILED",
    message: expect.stringMatching(
      /^arecord ended \(1\): arecord: .*audio open error: No such file/,
    ),
  });
  expect(scope.status().held).toEqual([]);
});

describe("without a recorder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "no-recorder-"));
    vi.stubEnv("PATH", folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("the error says what to install", async () => {
    await expect(openMicrophone(scope)).rejects.toMatchObject({
      code: "RECORDER_MISSING",
      message: expect.stringMatching(
        /looked for arecord, sox, rec, parecord, pw-record\).*apt-get install alsa-utils/,
      ),
    });
    await expect(openMicrophone(scope, { recorder: "pw-record" })).rejects.toMatchObject({
      code: "RECORDER_MISSING",
      message: expect.stringContaining("apt-get install pipewire-bin"),
    });
  });

  test("a recorder that cannot run fails too", async () => {
    writeFileSync(path.join(folder, "arecord"), "#!/no/such/interpreter\n", { mode: 0o755 });
    await expect(openMicrophone(scope)).rejects.toMatchObject({
      code: expect.stringMatching(/RECORDER_MISSING|MICROPHONE_FAILED/),
    });
    expect(scope.status().held).toEqual([]);
  });
});

test("an unknown recorder is rejected", async () => {
  await expect(openMicrophone(scope, { recorder: "ffmpeg" })).rejects.toThrow(RangeError);
});

test("a misspelt option is rejected with the name that was meant", async () => {
  const options = { recorder: "arecord", divice: "feed" };
  await expect(openMicrophone(scope, options)).rejects.toThrow(
    'unknown option "divice" of openMicrophone; did you mean "device"?',
  );
});

test("an aborted signal or a closed scope prevents the start", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(openMicrophone(scope, { ...FEED, signal })).rejects.toThrow("enough");
  await scope.close();
  await expect(openMicrophone(scope, FEED)).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
});

async function take(microphone: Microphone, samples: number): Promise<Float32Array> {
  const chunks: Float32Array[] = [];
  let taken = 0;
  for await (const chunk of microphone) {
    chunks.push(chunk);
    taken += chunk.length;
    if (taken >= samples) break;
  }
  return concatSamples(chunks);
}

function recorderPid(): number {
  const pid = scope.status().held[0]?.details["pid"];
  if (typeof pid !== "number") throw new Error("the scope holds no recorder");
  return pid;
}
