import { median } from "../statistics.ts";
import { runProgram } from "./run-program.ts";

const THINGS = ["registry", "watchdog", "context"] as const;
const LIMIT_MS = 30_000;

export type Cost = { readonly what: string; readonly startMs: number; readonly grownMb: number };

/** Measures what one of each costs in its own process: medians of the time to start and of the growth of memory. */
export async function measureCosts(runs: number): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const what of THINGS) {
    const samples: { tookMs: number; grownMb: number }[] = [];
    for (let run = 0; run < runs; run++) {
      const { stdout } = await runProgram("cost", [what], [], LIMIT_MS);
      // The line that cost.mjs prints.
      samples.push(
        JSON.parse(stdout.replace("ready\n", "")) as { tookMs: number; grownMb: number },
      );
    }
    costs.push({
      what,
      startMs: median(samples.map(({ tookMs }) => tookMs)),
      grownMb: median(samples.map(({ grownMb }) => grownMb)),
    });
  }
  return costs;
}
