import assert from "node:assert/strict";
import { Program } from "../../helpers/run-program.ts";
import { judge, type NotedTime, type Scenario } from "./scenario.ts";

/** What is open after the first cycle and the last; how memory grows, a cycle. */
type Outcome = { before: object; after: object; growthKb: number };

/**
 * `npm test` makes fewer, which judge threads, files and listeners, not memory; `npm run stress` the 100 of the
 * contract, and 1000 of whole contexts.
 */
const IS_STRESS = process.env["VITEST"] === undefined;
const CYCLES = IS_STRESS ? 100 : 15;
const VOICE_CYCLES = IS_STRESS ? 1_000 : 4;
const VOICE_LIMIT_MS = 3_600_000;
const MOST_GROWTH_MB = 10;
/** glibc keeps what threads have freed in up to eight arenas a processor, which fill up by chance: 30 MB at times. */
const env = { MALLOC_ARENA_MAX: "1" };

export const scenarios: readonly Scenario[] = [
  {
    id: "G11",
    title: "start / close cycles",
    times: 3,
    run: () => judgeCycles("context/cycles", CYCLES, 120_000),
  },
  {
    id: "G11",
    title: "start / close cycles of a voice context",
    times: 1,
    run: () => judgeCycles("context/voice-cycles", VOICE_CYCLES, VOICE_LIMIT_MS),
  },
];

async function judgeCycles(name: string, cycles: number, limitMs: number): Promise<NotedTime> {
  const nodeArgs = ["--expose-gc"];
  const ended = await new Program(name, [String(cycles)], { env, nodeArgs, limitMs }).ended;
  judge(ended, { code: 0, withinMs: Infinity });
  const { before, after, growthKb } = JSON.parse(ended.stdout) as Outcome;
  assert.deepEqual(after, before);
  const growthMb = (growthKb * cycles) / 1_024;
  const note = `${growthKb.toFixed(1)} kB a cycle`;
  assert.ok(growthMb < MOST_GROWTH_MB, `memory grew by ${note}, ${growthMb.toFixed(1)} MB`);
  return { tookMs: ended.tookMs / cycles, note };
}
