import { expect, test } from "vitest";
import { Attention } from "../../src/context/attention.ts";
import type { ListenEvent } from "../../src/context/events.ts";
import {
  type ScriptedListenOptions,
  ScriptedRecognizer,
  type ScriptStep,
} from "../../src/testing/scripted-recognizer.ts";

const LIGHTS = { text: "switch on the lights", intent: "LightsOn" };
const BLINDS = { text: "close the blinds", intent: "CloseBlinds" };
const MUSIC = { text: "stop the music", intent: "StopMusic" };
/** The wake phrase alone. */
const HEY = { text: "hey computer", wake: true };
const HEY_BLINDS = { ...BLINDS, text: "hey computer close the blinds", wake: true };
const WAKE = { wake: true };

/** "wake", "asleep", the reason why something was ignored, or the name of an intent. */
async function heard(
  steps: readonly ScriptStep[],
  options: ScriptedListenOptions,
): Promise<unknown[]> {
  const events: ListenEvent[] = [];
  for await (const event of new ScriptedRecognizer(steps).listen(options)) events.push(event);
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
  const steps: ScriptStep[] = [
    LIGHTS,
    () => (mute = attention.mute()),
    BLINDS,
    () => mute?.[Symbol.dispose](),
    { silenceMs: 3_000 }, // the cool-down
    MUSIC,
  ];
  expect(await heard(steps, { attention, coolDownMs: 2_500 })).toEqual(["LightsOn", "StopMusic"]);
  expect(await heard([LIGHTS, BLINDS], {})).toEqual(["LightsOn", "CloseBlinds"]);
});

test("positions go on while nothing is heard", async () => {
  const attention = new Attention();
  const mute = attention.mute();
  const starts: number[] = [];
  const steps: ScriptStep[] = [
    { silenceMs: 5_000 },
    () => mute[Symbol.dispose](),
    { silenceMs: 3_000 },
    LIGHTS,
  ];
  for await (const event of new ScriptedRecognizer(steps).listen({ attention, coolDownMs: 0 })) {
    if (event.type === "speech-start") starts.push(event.atMs);
  }
  expect(starts).toHaveLength(1);
  expect(starts[0]).toBeGreaterThanOrEqual(8_000);
  expect(attention.heardMs).toBeGreaterThan(9_000);
});

test("a reply that begins in the middle of speech: the rest is not taken for the whole", async () => {
  const attention = new Attention();
  const steps: ScriptStep[] = [
    { silenceMs: 2_000 },
    { ...BLINDS, during: () => void attention.mute() },
    { silenceMs: 2_000 },
  ];
  expect(await heard(steps, { attention })).toEqual(["muted"]);
});

test("while a command is worked on, another one and the wake phrase are ignored, and told", async () => {
  const attention = new Attention();
  const busy = (isBusy: boolean) => (): void => void (attention.isBusy = isBusy);
  const steps: ScriptStep[] = [LIGHTS, busy(true), BLINDS, busy(false), MUSIC];
  expect(await heard(steps, { attention })).toEqual(["LightsOn", "busy", "StopMusic"]);

  const asleep: ScriptStep[] = [busy(true), HEY, busy(false), BLINDS, HEY, BLINDS];
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
  const steps: ScriptStep[] = [BLINDS, listenNow, BLINDS, LIGHTS];
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
    const steps: ScriptStep[] = [
      { silenceMs: 2_000 },
      { ...BLINDS, during: listenNow },
      { silenceMs: 2_000 },
    ];
    const ids: unknown[] = [];
    for await (const event of new ScriptedRecognizer(steps).listen({ ...options, attention })) {
      if (event.type === "wake" || event.type === "intent") ids.push(event.utteranceId);
    }
    expect(ids).toEqual(["u1", "u1"]);
  },
);

test("a request while busy is ignored, and told", async () => {
  const attention = new Attention();
  attention.isBusy = true;
  const steps: ScriptStep[] = [() => attention.listenNow(), { silenceMs: 500 }];
  expect(await heard(steps, { ...WAKE, attention })).toEqual(["busy"]);
});

test("push-to-talk hears nothing unless asked to; a request in the middle of speech counts for it", async () => {
  const attention = new Attention();
  const listenNow = (): void => attention.listenNow();
  const steps: ScriptStep[] = [{ silenceMs: 2_000 }, BLINDS, listenNow, LIGHTS, BLINDS];
  expect(await heard(steps, { pushToTalk: true, attention })).toEqual([
    "wake by request",
    "LightsOn",
  ]);
  const middle: ScriptStep[] = [
    { silenceMs: 2_000 },
    { ...BLINDS, during: listenNow },
    { silenceMs: 2_000 },
    LIGHTS,
  ];
  expect(await heard(middle, { pushToTalk: true, attention })).toEqual([
    "wake by request",
    "CloseBlinds",
  ]);
});

test("awake without a command it falls asleep, and says so", async () => {
  const steps: ScriptStep[] = [HEY, { silenceMs: 9_000 }, BLINDS];
  expect(await heard(steps, WAKE)).toEqual(["wake", "asleep", "no-wake-phrase"]);
});

test("the wake phrase counts once in its cool-down", async () => {
  const steps: ScriptStep[] = [HEY_BLINDS, HEY_BLINDS];
  expect(await heard(steps, { ...WAKE, coolDownMs: 60_000 })).toEqual([
    "wake",
    "CloseBlinds",
    "cool-down",
  ]);
  expect(await heard(steps, { ...WAKE, coolDownMs: 0 })).toEqual([
    "wake",
    "CloseBlinds",
    "wake",
    "CloseBlinds",
  ]);
});
