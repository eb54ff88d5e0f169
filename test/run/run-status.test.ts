import { expect, test } from "vitest";
import type { RunEvent } from "../../src/run/run-events.ts";
import { RunStatus } from "../../src/run/run-status.ts";

const OPTIONS = { isOnDemand: false, hasSkills: true, isSpoken: true };
const OF = { atMs: 0, utteranceId: "u1" } as const;
const INTENT: RunEvent = {
  ...OF,
  type: "intent",
  intent: { name: "LightsOn", confidence: 1, slots: { room: "kitchen" } },
  text: "light on",
  decision: "accept",
  candidates: [],
};

function statesAfter(events: readonly RunEvent[], options = OPTIONS): string[] {
  const status = new RunStatus(options);
  return events.map((event) => {
    status.take(event);
    return status.state;
  });
}

const COMMAND: readonly RunEvent[] = [
  { atMs: 0, type: "ready" },
  { ...OF, type: "speech-start" },
  { ...OF, type: "partial", text: "light", heardMs: 1 },
  { ...OF, type: "speech-end", audioMs: 1, reason: "silence" },
  { ...OF, type: "final", text: "light on", confidence: 1, audioMs: 1, tookMs: 1 },
  INTENT,
  { ...OF, type: "handled", intent: "LightsOn", handled: true, tookMs: 1 },
  { ...OF, type: "reply", text: "Lit." },
  { ...OF, type: "reply-end", outcome: "said", tookMs: 1 },
];

test("it follows a command from the speech to the end of the reply", () => {
  expect(statesAfter(COMMAND)).toEqual([
    "listening",
    "hearing",
    "hearing",
    "understanding",
    "listening",
    "handling",
    "listening",
    "replying",
    "listening",
  ]);
});

test("without skills and a voice nothing is waited for after the intent", () => {
  const options = { ...OPTIONS, hasSkills: false, isSpoken: false };
  expect(new Set(statesAfter(COMMAND.slice(5), options))).toEqual(new Set(["listening"]));
});

test("with a wake phrase it sleeps before and after", () => {
  const events: RunEvent[] = [
    { atMs: 0, type: "ready" },
    { ...OF, type: "wake", by: "phrase", text: "hey" },
    { atMs: 0, type: "asleep" },
    { ...OF, type: "wake", by: "request", text: "" },
    ...COMMAND.slice(1),
  ];
  expect(statesAfter(events, { ...OPTIONS, isOnDemand: true })).toEqual(
    ["asleep", "listening", "asleep", "listening", "hearing", "hearing", "understanding"].concat([
      "listening",
      "handling",
      "asleep",
      "replying",
      "asleep",
    ]),
  );
});

test("it says when the microphone is tried again", () => {
  let nowMs = 0;
  const status = new RunStatus(OPTIONS, () => nowMs);
  const lost = { code: "MICROPHONE_FAILED", message: "gone", retryInMs: 4_000 } as const;
  status.take({ atMs: 0, type: "microphone", state: "lost", ...lost });
  nowMs = 1_500;
  expect(status.state).toBe("deaf");
  expect(status.waitingFor).toBe("the microphone; next try in 2.5 s");
  nowMs = 60_000; // the time may jump
  expect(status.waitingFor).toBe("the microphone; next try in 0.0 s");
  status.take({ atMs: 0, type: "microphone", state: "opened", recorder: "arecord", deafMs: 1 });
  expect(status.state).toBe("listening");
  expect(status.counters).toMatchObject({ microphoneFailures: 1 });
});

test("it remembers the last five intents, the latest first", () => {
  const status = new RunStatus(OPTIONS);
  for (let i = 1; i <= 7; i++) status.take({ ...INTENT, utteranceId: `u${i}` });
  expect(status.last.map(({ utteranceId }) => utteranceId)).toEqual(["u7", "u6", "u5", "u4", "u3"]);
  expect(status.counters.intents).toBe(7);
});
