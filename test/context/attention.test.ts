import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { VoiceContext, type ContextListenOptions } from "../../src/context/voice-context.ts";
import { Attention } from "../../src/context/attention.ts";
import type { ListenEvent } from "../../src/context/events.ts";

const DEMO = path.resolve(import.meta.dirname, "../../demo/en");
/** "stop the music" serves as the wake phrase, since that recording is there. */
const WAKE = { wake: "stop the music" };
const CHUNK_SAMPLES = 480;

let ctx: VoiceContext;
beforeAll(async () => {
  ctx = await VoiceContext.start({ intents: path.join(DEMO, "intents.yaml") });
});
afterAll(() => ctx.close());

/** Recordings, and actions between or in the middle of them; a pause after each recording. */
type Step = string | number | (() => void) | { file: string; atMs: number; action: () => void };

async function* play(steps: readonly Step[]): AsyncGenerator<Float32Array> {
  for (const step of steps) {
    if (typeof step === "function") step();
    else if (typeof step === "number") yield* inChunks(new Float32Array(step * 16));
    else {
      const { file, atMs, action } = typeof step === "string" ? { ...NOTHING, file: step } : step;
      const samples = await readAudio(path.join(DEMO, file));
      yield* inChunks(samples.subarray(0, atMs * 16));
      action();
      yield* inChunks(samples.subarray(atMs * 16));
      if (typeof step === "string") yield* inChunks(new Float32Array(20_000));
    }
  }
}
const NOTHING = { atMs: 0, action: (): void => {} };

function* inChunks(samples: Float32Array): Generator<Float32Array> {
  for (let from = 0; from < samples.length; from += CHUNK_SAMPLES) {
    yield samples.subarray(from, from + CHUNK_SAMPLES);
  }
}

/** "wake", "asleep", the reason why something was ignored, or the name of an intent. */
async function heard(steps: readonly Step[], options: ContextListenOptions): Promise<unknown[]> {
  const events: ListenEvent[] = [];
  for await (const event of ctx.listen(play(steps), options)) events.push(event);
  return events.flatMap((event) => {
    if (event.type === "wake") return [event.by === "request" ? "wake by request" : "wake"];
    if (event.type === "asleep") return ["asleep"];
    if (event.type === "ignored") return [event.reason];
    return event.type === "intent" ? [event.intent?.name] : [];
  });
}

test("what is heard while a reply is spoken, and in the cool-down after it, is not heard", async () => {
  const attention = new Attention();
  let mute: Disposable | undefined;
  const steps: Step[] = [
    "1.flac",
    () => (mute = attention.mute()),
    "3.flac",
    () => mute?.[Symbol.dispose](),
    3_000, // the cool-down
    "7.flac",
  ];
  expect(await heard(steps, { attention, coolDownMs: 2_500 })).toEqual(["LightsOn", "StopMusic"]);
  expect(await heard(["1.flac", "3.flac"], {})).toEqual(["LightsOn", "CloseBlinds"]);
});

test("positions go on while nothing is heard", async () => {
  const attention = new Attention();
  const mute = attention.mute();
  const starts: number[] = [];
  const steps: Step[] = [5_000, () => mute[Symbol.dispose](), 3_000, "1.flac"];
  for await (const event of ctx.listen(play(steps), { attention, coolDownMs: 0 })) {
    if (event.type === "speech-start") starts.push(event.atMs);
  }
  expect(starts).toHaveLength(1);
  expect(starts[0]).toBeGreaterThanOrEqual(8_000);
  expect(attention.heardMs).toBeGreaterThan(9_000);
});

test("a reply that begins in the middle of speech: the rest is not taken for the whole", async () => {
  const attention = new Attention();
  const steps: Step[] = [
    2_000,
    { file: "3.flac", atMs: 1_000, action: () => attention.mute() },
    2_000,
  ];
  expect(await heard(steps, { attention })).toEqual(["muted"]);
});

test("while a command is worked on, another one and the wake phrase are ignored, and told", async () => {
  const attention = new Attention();
  const busy = (isBusy: boolean) => (): void => void (attention.isBusy = isBusy);
  const steps: Step[] = ["1.flac", busy(true), "3.flac", busy(false), "7.flac"];
  expect(await heard(steps, { attention })).toEqual(["LightsOn", "busy", "StopMusic"]);

  const asleep: Step[] = [busy(true), "7.flac", busy(false), "3.flac", "7.flac", "3.flac"];
  expect(await heard(asleep, { ...WAKE, attention })).toEqual([
    "busy",
    "no-wake-phrase",
    "wake",
    "CloseBlinds",
  ]);
});

test("a request wakes it without the phrase, for one command", async () => {
  const attention = new Attention();
  const listenNow = (): void => attention.listenNow();
  const steps: Step[] = ["3.flac", listenNow, "3.flac", "1.flac"];
  expect(await heard(steps, { ...WAKE, attention })).toEqual([
    "no-wake-phrase",
    "wake by request",
    "CloseBlinds",
    "no-wake-phrase",
  ]);
});

test.each([WAKE, { pushToTalk: true }])(
  "a request has the id of the utterance that it is for: %j",
  async (options) => {
    const attention = new Attention();
    const listenNow = (): void => attention.listenNow();
    const steps: Step[] = [2_000, { file: "3.flac", atMs: 700, action: listenNow }, 2_000];
    const ids: unknown[] = [];
    for await (const event of ctx.listen(play(steps), { ...options, attention })) {
      if (event.type === "wake" || event.type === "intent") ids.push(event.utteranceId);
    }
    expect(ids).toEqual(["u1", "u1"]);
  },
);

test("a request while busy is ignored, and told", async () => {
  const attention = new Attention();
  attention.isBusy = true;
  const steps: Step[] = [() => attention.listenNow(), 500];
  expect(await heard(steps, { ...WAKE, attention })).toEqual(["busy"]);
});

test("push-to-talk hears nothing unless asked to; a request in the middle of speech counts for it", async () => {
  const attention = new Attention();
  const listenNow = (): void => attention.listenNow();
  const steps: Step[] = [2_000, "3.flac", listenNow, "1.flac", "3.flac"];
  expect(await heard(steps, { pushToTalk: true, attention })).toEqual([
    "wake by request",
    "LightsOn",
  ]);
  const middle: Step[] = [2_000, { file: "3.flac", atMs: 700, action: listenNow }, 2_000, "1.flac"];
  expect(await heard(middle, { pushToTalk: true, attention })).toEqual([
    "wake by request",
    "CloseBlinds",
  ]);
});

test("awake without a command it falls asleep, and says so", async () => {
  const steps: Step[] = ["7.flac", 9_000, "3.flac"];
  expect(await heard(steps, WAKE)).toEqual(["wake", "asleep", "no-wake-phrase"]);
});

test("the wake phrase counts once in its cool-down", async () => {
  // Without a long pause between them: one utterance, the wake phrase and a command.
  const both: Step[] = [
    { file: "7.flac", atMs: 0, action: () => {} },
    { file: "3.flac", atMs: 0, action: () => {} },
    1_700,
  ];
  const steps: Step[] = [2_000, ...both, ...both];
  expect(await heard(steps, { ...WAKE, silenceMs: 1_000, coolDownMs: 60_000 })).toEqual([
    "wake",
    "CloseBlinds",
    "cool-down",
  ]);
  expect(await heard(steps, { ...WAKE, silenceMs: 1_000, coolDownMs: 0 })).toEqual([
    "wake",
    "CloseBlinds",
    "wake",
    "CloseBlinds",
  ]);
});
