// Runs the teardown contract as often as it asks for and prints a table, a line as soon as it is known.
//   npm run stress [-- --only G1,G7] [--times 20] [--node /path/to/node] [--markdown]
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { contract } from "../lifetime/contract/contract.ts";
import type { NotedTime, Scenario } from "../lifetime/contract/scenario.ts";
import { markdownTable, plainTable } from "./tables.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    times: { type: "string" },
    node: { type: "string" },
    markdown: { type: "boolean", default: false },
  },
});
const node = values.node ?? process.execPath;
process.env["EARSHOT_TEST_NODE"] = node;
const ids = new Set(contract.map(({ id }) => id));
const only = values.only?.split(",") ?? [...ids];
const unknown = only.filter((id) => !ids.has(id));
if (unknown.length > 0)
  throw new RangeError(`--only knows ${[...ids].join(",")}, not ${unknown.join(",")}`);
const times = values.times === undefined ? undefined : Number(values.times);
if (times !== undefined && !(times >= 1))
  throw new RangeError(`--times must be ≥ 1, not ${values.times}`);

const table = values.markdown ? markdownTable : plainTable;
const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
console.log(`Node ${version}, ${process.platform} ${process.arch}\n`);
for (const line of table.head) console.log(line);
let failed = 0;
for (const scenario of contract.filter(({ id }) => only.includes(id))) {
  failed += await repeat(scenario, times ?? scenario.times);
}
console.log(`\n${failed === 0 ? "all passed" : `${failed} failed`}`);
process.exitCode = failed === 0 ? 0 : 1;

async function repeat({ id, title, run }: Scenario, wanted: number): Promise<number> {
  const passes: NotedTime[] = [];
  for (let i = 0; i < wanted; i++) {
    try {
      const pass = await run();
      passes.push(typeof pass === "number" ? { tookMs: pass, note: "" } : pass);
    } catch (error) {
      console.error(`${id} ${title}: ${String(error)}`);
    }
  }
  const tookMs = passes.map((pass) => pass.tookMs).toSorted((a, b) => a - b);
  const note = passes.at(-1)?.note ?? "";
  const timesMs = [quantile(tookMs, 0.5), quantile(tookMs, 0.95)];
  console.log(table.row([id, title, String(wanted), String(passes.length), ...timesMs, note]));
  return wanted - passes.length;
}

function quantile(sorted: readonly number[], share: number): string {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? "–" : value.toFixed(0);
}
