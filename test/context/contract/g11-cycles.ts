import assert from "node:assert/strict";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

type Counts = { threads: number; listeners: number };

/** `npm test` makes fewer; `npm run stress` the 100 of the contract. */
const CYCLES = process.env["VITEST"] === undefined ? 100 : 15;
const MOST_GROWTH_MB = 10;

export const scenarios: readonly Scenario[] = [
  {
    id: "G11",
    title: "start / close cycles",
    times: 3,
    run: async () => {
      const program = new Program("context/cycles", [String(CYCLES)], {
        nodeArgs: ["--expose-gc"],
        limitMs: 120_000,
      });
      const ended = await program.ended;
      judge(ended, { code: 0, withinMs: Infinity });
      const { before, after, growthMb } = JSON.parse(ended.stdout) as {
        before: Counts;
        after: Counts;
        growthMb: number;
      };
      assert.deepEqual(after, before);
      assert.ok(growthMb < MOST_GROWTH_MB, `memory grew by ${growthMb} MB after the tenth cycle`);
      return ended.tookMs / CYCLES;
    },
  },
];
