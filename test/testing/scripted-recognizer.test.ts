import { once } from "node:events";
import { expect, test } from "vitest";
import type { ListenEvent } from "../../src/context/events.ts";
import { EarshotError } from "../../src/errors.ts";
import { ScriptedRecognizer, type ScriptStep } from "../../src/testing/index.ts";

async function eventsOf(script: readonly ScriptStep[], wake = false): Promise<ListenEvent[]> {
  const events: ListenEvent[] = [];
  for await (const event of new ScriptedRecognizer(script).listen({ wake })) events.push(event);
  return events;
}

test("an utterance gives the events of a live one, with its times in the audio", async () => {
  const intent = { name: "SetTimer", slots: { minutes: 5 } };
  const events = await eventsOf([
    { silenceMs: 2_000 },
    { text: "timer for five minutes", intent, partials: ["timer", "timer for five"] },
  ]);
  expect(events.map(({ type }) => type)).toEqual([
    "ready",
    "speech-start",
    "partial",
    "partial",
    "speech-end",
    "final",
    "intent",
  ]);
  expect(events[1]).toMatchObject({ atMs: 2_000, utteranceId: "u1" });
  expect(events.flatMap((event) => (event.type === "partial" ? [event.text] : []))).toEqual([
    "timer",
    "timer for five",
  ]);
  expect(events.at(-1)).toMatchObject({ decision: "accept", intent: { ...intent, confidence: 1 } });
});

test("each utterance has its own recognition, however loud or long the others are", async () => {
  const script = Array.from({ length: 40 }, (_, i) => ({
    text: `${i}`,
    intent: `I${i}`,
    durationMs: 200 + 50 * i,
  }));
  const events = await eventsOf(script);
  const names = events.flatMap((event) => (event.type === "intent" ? [event.intent?.name] : []));
  expect(names).toEqual(script.map(({ intent }) => intent));
});

test("an ambiguous utterance has candidates and no intent; one without an intent is rejected", async () => {
  const candidates = ["LightsOn", "LightsOff"];
  const events = await eventsOf([
    { text: "the lights", decision: "ambiguous", candidates },
    { text: "what a day" },
    { text: "" },
  ]);
  const ends = events.filter(({ type }) => type === "intent" || type === "ignored");
  expect(ends).toMatchObject([
    { type: "intent", intent: null, candidates: [{ name: "LightsOn" }, { name: "LightsOff" }] },
    { type: "ignored", reason: "not-a-command", text: "what a day" },
    { type: "ignored", reason: "no-speech" },
  ]);
});

test("asleep, only utterances with the wake phrase count", async () => {
  const stop = { text: "stop", intent: "Stop" };
  const events = await eventsOf([stop, { text: "hey", wake: true }, stop, stop], true);
  const told = events.flatMap((event) => {
    if (event.type === "ignored") return [event.reason];
    return event.type === "wake" || event.type === "intent" ? [event.type] : [];
  });
  expect(told).toEqual(["no-wake-phrase", "wake", "intent", "no-wake-phrase"]);
});

test("a recognition waits for what it comes after", async () => {
  const gate = new EventTarget();
  const after = once(gate, "open");
  const order: string[] = [];
  const script = [{ text: "stop", intent: "Stop", after }];
  for await (const event of new ScriptedRecognizer(script).listen()) {
    if (event.type === "speech-end") {
      order.push("opened");
      gate.dispatchEvent(new Event("open"));
    }
    if (event.type === "final") order.push("final");
  }
  expect(order).toEqual(["opened", "final"]);
});

test("an EarshotError ends the utterance, another error the listening", async () => {
  const failure = new EarshotError("RECOGNITION_FAILED", "the model failed");
  const events = await eventsOf([
    { text: "a", error: failure },
    { text: "b", intent: "B" },
  ]);
  expect(events.map(({ type }) => type)).toContain("error");
  expect(events.at(-1)).toMatchObject({ type: "intent", intent: { name: "B" } });
  const mistake = new RangeError("a mistake");
  await expect(eventsOf([{ text: "a", error: mistake }])).rejects.toBe(mistake);
});

test("audio of others is rejected, and what is no samples refused", async () => {
  const recognizer = new ScriptedRecognizer([{ text: "stop", intent: "Stop" }]);
  expect(await recognizer.recognize(Float32Array.of(0.123, 0.2))).toMatchObject({
    decision: "reject",
  });
  await expect(recognizer.recognize("kitchen.wav")).rejects.toThrow(TypeError);
});
