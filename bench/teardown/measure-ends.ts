import { median, percentile } from "../statistics.ts";
import { runProgram } from "./run-program.ts";

const STATES = ["bare", "idle", "busy"] as const;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const LIMIT_MS = 20_000;
/** Of the moment of the signal: somewhere in a recognition of the busy one. */
const SPREAD_MS = 400;

export type EndTime = {
  readonly state: string;
  readonly signal: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** How many of the runs ended by that very signal. */
  readonly right: number;
  readonly runs: number;
};

/** From a signal to the end of the process, the states interleaved. */
export async function measureEnds(runs: number): Promise<EndTime[]> {
  const results: EndTime[] = [];
  for (const signal of SIGNALS) {
    const tookMs = STATES.map((): number[] => []);
    const right = STATES.map(() => 0);
    for (let run = 0; run < runs; run++) {
      for (const [index, state] of STATES.entries()) {
        const afterMs = 20 + Math.random() * SPREAD_MS;
        const end = await runProgram("context", [state], [{ afterMs, signal }], LIMIT_MS);
        tookMs[index]?.push(end.tookMs);
        if (end.signal === signal) right[index] = (right[index] ?? 0) + 1;
      }
    }
    for (const [index, state] of STATES.entries()) {
      const times = tookMs[index] ?? [];
      const [medianMs, p95Ms] = [median(times), percentile(times, 0.95)];
      results.push({ state, signal, medianMs, p95Ms, right: right[index] ?? 0, runs });
    }
  }
  return results;
}
