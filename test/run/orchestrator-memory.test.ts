import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Attention } from "../../src/context/attention.ts";
import type { ListenEvent } from "../../src/context/events.ts";
import { Scope } from "../../src/lifetime/scope.ts";
import { EventBus } from "../../src/run/event-bus.ts";
import { Orchestrator } from "../../src/run/orchestrator.ts";
import type { RunEvent } from "../../src/run/run-events.ts";

const COMMANDS = 10_000;
/** The chain of results that this guards against took a hundred bytes for each command. */
const MAX_GROWTH_BYTES = 300_000;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function command(atMs: number): ListenEvent {
  const intent = { name: "TurnOn", confidence: 1, slots: {} };
  const about = { text: "on", language: "en", intent, decision: "accept", candidates: [] } as const;
  return { type: "intent", atMs, utteranceId: `u${atMs}`, tookMs: 1, ...about } as ListenEvent;
}

test.each([true, false])("memory stays flat over 10 000 commands (live: %s)", async (isLive) => {
  await using scope = new Scope("test");
  let handled = 0;
  let beforeBytes = 0;
  const skills = {
    handle: async () => (handled++, { handled: true, replies: [] }),
    setSignal: () => {},
  };
  const bus = new EventBus<RunEvent>();
  const orchestrator = new Orchestrator(scope, { bus, attention: new Attention(), skills, isLive });
  async function* commands(): AsyncGenerator<ListenEvent> {
    for (let n = 0; n < 2 * COMMANDS; n++) {
      if (n === COMMANDS) beforeBytes = heapBytes();
      yield command(n);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(heapBytes() - beforeBytes).toBeLessThan(MAX_GROWTH_BYTES);
  }
  await orchestrator.run(commands());
  expect(handled).toBe(2 * COMMANDS);
});

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
