import { once } from "node:events";
import { expect, test } from "vitest";
import { Attention } from "../../src/context/attention.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { EventBus } from "../../src/run/event-bus.ts";
import { Orchestrator, type OrchestratorOptions } from "../../src/run/orchestrator.ts";
import type { RunEvent } from "../../src/run/run-events.ts";
import { ScriptedRecognizer, type ScriptStep } from "../../src/testing/scripted-recognizer.ts";

const LIGHTS = { text: "switch on the lights", intent: "LightsOn" };
const BLINDS = { text: "close the blinds", intent: "CloseBlinds" };

type Handle = NonNullable<OrchestratorOptions["skills"]>["handle"];

const done: Handle = async () => ({ handled: true, replies: [] });

/** What was handled, and why anything was ignored, in order. */
async function acted(
  script: readonly ScriptStep[],
  options: { readonly isLive: boolean; readonly handle: Handle },
): Promise<string[]> {
  const told: string[] = [];
  const bus = new EventBus<RunEvent>();
  using _ = bus.subscribe("test", (event) => {
    if (event.type === "handled") told.push(event.intent);
    if (event.type === "ignored") told.push(event.reason);
  });
  await using scope = new Scope("orchestrator");
  const attention = new Attention();
  const { isLive, handle } = options;
  const skills = { handle, setSignal: (): void => {} };
  const orchestrator = new Orchestrator(scope, { bus, attention, isLive, skills });
  await orchestrator.run(new ScriptedRecognizer(script).listen({ attention }));
  return told;
}

test("live, a command that comes while another is worked on is ignored", async () => {
  const first = new EventTarget();
  const finished = once(first, "finished");
  const script = [
    LIGHTS,
    BLINDS,
    (): void => void first.dispatchEvent(new Event("finished")),
    { silenceMs: 1_000 },
    BLINDS,
  ];
  const handle: Handle = async ({ intent }) => {
    if (intent === "LightsOn") await finished;
    return { handled: true, replies: [] };
  };
  expect(await acted(script, { isLive: true, handle })).toEqual([
    "busy",
    "LightsOn",
    "CloseBlinds",
  ]);
});

test("of recordings, the next command waits for the one before", async () => {
  const script = [LIGHTS, BLINDS, { text: "what a day" }];
  expect(await acted(script, { isLive: false, handle: done })).toEqual([
    "LightsOn",
    "CloseBlinds",
    "not-a-command",
  ]);
});

test("commands of one sentence are worked on one after another", async () => {
  const script = [{ ...LIGHTS, further: ["CloseBlinds"] }];
  let underWay = 0;
  const handle: Handle = async () => {
    expect(++underWay).toBe(1);
    await new Promise(setImmediate);
    underWay--;
    return { handled: true, replies: [] };
  };
  expect(await acted(script, { isLive: true, handle })).toEqual(["LightsOn", "CloseBlinds"]);
});
