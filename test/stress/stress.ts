// Runs the teardown contract as often as it asks for and prints a table.
//   npm run stress [-- --only G1,G7] [--times 20] [--node /path/to/node]
import { parseArgs } from "node:util";
import { contract } from "../context/contract/contract.ts";
import type { Scenario } from "../context/contract/scenario.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, times: { type: "string" }, node: { type: "string" } },
});
if (values.node !== undefined) process.env["EARSHOT_TEST_NODE"] = values.node;
const only = values.only?.split(",");
const chosen = contract.filter(({ id }) => only?.includes(id) ?? true);

let failed = 0;
console.log(row("", "scenario", "times", "passed", "p50 ms", "p95 ms"));
for (const scenario of chosen) failed += await repeat(scenario);
console.log(failed === 0 ? "all passed" : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function repeat(scenario: Scenario): Promise<number> {
  const times = values.times === undefined ? scenario.times : Number(values.times);
  const tookMs: number[] = [];
  for (let i = 0; i < times; i++) {
    try {
      tookMs.push(await scenario.run());
    } catch (error) {
      console.error(`${scenario.id} ${scenario.title}: ${String(error)}`);
    }
  }
  tookMs.sort((a, b) => a - b);
  const passed = tookMs.length;
  console.log(
    row(scenario.id, scenario.title, times, passed, quantile(tookMs, 0.5), quantile(tookMs, 0.95)),
  );
  return times - passed;
}

function quantile(sorted: readonly number[], share: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? "–" : value.toFixed(0);
}

function row(id: string, title: string, ...figures: readonly (string | number)[]): string {
  return `${id.padEnd(4)} ${title.padEnd(52)} ${figures.map((f) => String(f).padStart(7)).join(" ")}`;
}
