import assert from "node:assert/strict";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

type Counts = { threads: number; listeners: number };

/** `npm test` makes fewer; `npm run stress` the 100 of the contract, and 1000 of whole contexts. */
const IS_STRESS = process.env["VITEST"] === undefined;
const CYCLES = IS_STRESS ? 100 : 15;
const VOICE_CYCLES = IS_STRESS ? 1_000 : 4;
const VOICE_LIMIT_MS = 3_600_000;
const MOST_GROWTH_MB = 10;

export const scenarios: readonly Scenario[] = [
  {
    id: "G11",
    title: "start / close cycles",
    times: 3,
    run: async () => {
      const program = new Program("lifetime/cycles", [String(CYCLES)], {
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
  {
    id: "G11",
    title: "start / close cycles of a voice context",
    times: 1,
    run: async () => {
      const program = new Program("lifetime/voice-cycles", [String(VOICE_CYCLES)], {
        nodeArgs: ["--expose-gc"],
        limitMs: VOICE_LIMIT_MS,
      });
      const ended = await program.ended;
      judge(ended, { code: 0, withinMs: Infinity });
      const { before, after, slopeKb } = JSON.parse(ended.stdout) as {
        before: Counts & { files: number };
        after: Counts & { files: number };
        slopeKb: number;
      };
      assert.deepEqual(after, before);
      const growthMb = (slopeKb * VOICE_CYCLES) / 1_024;
      const note = `${slopeKb.toFixed(1)} kB a cycle`;
      assert.ok(growthMb < MOST_GROWTH_MB, `memory grew by ${note}, ${growthMb.toFixed(1)} MB`);
      return { tookMs: ended.tookMs / VOICE_CYCLES, note };
    },
  },
];
