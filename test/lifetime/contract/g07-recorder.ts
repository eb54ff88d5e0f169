import assert from "node:assert/strict";
import path from "node:path";
import { Program } from "../../helpers/run-program.ts";
import { areGone, hasStopped } from "../../helpers/process-table.ts";
import { judge, type Expected, type Scenario } from "./scenario.ts";

const RECORDER = path.resolve(import.meta.dirname, "../../fixtures/lifetime/recorder.sh");
const BEHAVIOURS = ["normal", "stalled", "stubborn", "paused"] as const;
const PAUSED_WITHIN_MS = 5_000;
const GONE_WITHIN_MS = 1_000;

const WAYS: Record<string, Expected> = {
  dispose: { code: 0 },
  exit: { code: 5 },
  throw: { code: 1 },
  SIGINT: { signal: "SIGINT" },
  SIGTERM: { signal: "SIGTERM" },
  SIGKILL: { signal: "SIGKILL" },
};

/** Whatever the recorder does and however the program ends, the recorder has ended within 1 s. */
export const scenarios: readonly Scenario[] = Object.entries(WAYS).flatMap(([way, expected]) =>
  BEHAVIOURS.map((behaviour) => ({
    id: "G7",
    title: `${behaviour} recorder, ${way}`,
    times: 20,
    run: async () => {
      const program = new Program("lifetime/recording", [behaviour, way], {
        env: { EARSHOT_TEST_RECORDER: RECORDER },
      });
      const recorder = Number(await program.line(/recorder (\d+)/));
      if (behaviour === "paused") assert.ok(await hasStopped(recorder, PAUSED_WITHIN_MS), "paused");
      const startedMs = performance.now();
      if (expected.signal === undefined) program.write("go\n");
      else program.signal(expected.signal);
      assert.ok(await areGone([recorder], GONE_WITHIN_MS), "the recorder is alive after 1 s");
      const tookMs = performance.now() - startedMs;
      judge(await program.ended, { ...expected, withinMs: Infinity });
      return tookMs;
    },
  })),
);
