import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Program, type Ended } from "../../helpers/run-program.ts";
import { judge, randomBelow, type Scenario } from "./scenario.ts";

const STEPS = 7; // of the program
const START_MS = 700; // about as long as it takes

const voiceScenario: Scenario = {
  id: "G12",
  title: "SIGINT at any moment of VoiceContext.start",
  times: 40,
  run: async () => {
    const program = new Program("lifetime/voice");
    await program.line(/starting/);
    await delay(randomBelow(START_MS));
    program.signal("SIGINT");
    return judge(await program.ended, { signal: "SIGINT", withinMs: 3_000 });
  },
};

/** Wherever a start is interrupted, it releases what it has acquired by then. */
export const scenarios: readonly Scenario[] = [
  voiceScenario,
  {
    id: "G12",
    title: "start fails at any step",
    times: 21,
    run: async () => {
      const failAt = 1 + randomBelow(STEPS);
      const ended = await new Program("lifetime/whole-context", ["dispose", "0", String(failAt)])
        .ended;
      assertNoDirectory(ended);
      const stdout = [new RegExp(`rejected: Error: step ${failAt} failed on purpose`)];
      return judge(ended, { code: 0, stdout });
    },
  },
  ...(["SIGINT", "SIGTERM"] as const).map((signal) => ({
    id: "G12",
    title: `${signal} at any moment of start`,
    times: 40,
    run: async () => {
      const program = new Program("lifetime/whole-context");
      await program.line(/starting/);
      await delay(randomBelow(START_MS));
      program.signal(signal);
      const ended = await program.ended;
      assertNoDirectory(ended);
      return judge(ended, { signal, withinMs: 3_000, notStdout: [/rejected/] });
    },
  })),
];

function assertNoDirectory({ stdout }: Ended): void {
  const dir = /directory (.+)/.exec(stdout)?.[1];
  assert.ok(dir === undefined || !existsSync(dir), `${dir} is left`);
}
