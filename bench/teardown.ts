// How Earshot and other libraries let go, scenario by scenario; then how long a voice context takes to be
// gone, and what the pieces cost. Run: npm run bench -- teardown [--times 20 --only earshot,effect --part table]
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { installPeers } from "./teardown/install-peers.ts";
import { judge } from "./teardown/judge.ts";
import { measureCosts } from "./teardown/measure-costs.ts";
import { measureEnds } from "./teardown/measure-ends.ts";
import { runProgram } from "./teardown/run-program.ts";
import { SCENARIOS } from "./teardown/scenarios.ts";

const LIBRARIES = {
  plain: "plain try/finally",
  "signal-exit": "signal-exit 4.1.0",
  "close-with-grace": "close-with-grace 2.5.0",
  "exit-hook": "exit-hook 5.1.0",
  "async-exit-hook": "async-exit-hook 2.0.1",
  terminus: "@godaddy/terminus 4.12.1",
  effect: "Effect 4.1.0 runMain",
  effection: "effection 4.1.1",
  earshot: "Earshot",
} as const;

/** A program that lives longer hangs; all limits of the libraries are shorter (3 s). */
const HANG_MS = 7_000;
const RESULTS = path.resolve(import.meta.dirname, "results");

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "3" },
    only: { type: "string" },
    part: { type: "string" },
  },
});
const times = Number(values.times);
const only = values.only?.split(",");
const wants = (part: string): boolean => values.part === undefined || values.part === part;

console.log(`Node ${process.version}, each ${times} times`);
const cells = wants("table") ? await table() : [];
const ends = wants("ends") ? await measureEnds(times) : [];
for (const { state, signal, right, runs, overBare, ...end } of ends) {
  const more = state === "bare" ? "" : `; over the bare one of its round ${figures(overBare)}`;
  console.log(`${signal} → gone, ${state}: ${figures(end)}${more}; ended by it ${right}/${runs}`);
}
const costs = wants("costs") ? await measureCosts(times) : [];
for (const { what, startMs, grownMb } of costs) {
  console.log(`one ${what}: ${startMs.toFixed(0)} ms to start, ${grownMb.toFixed(1)} MB`);
}
mkdirSync(RESULTS, { recursive: true });
const file = path.join(RESULTS, "teardown.json");
writeFileSync(file, JSON.stringify({ node: process.version, times, cells, ends, costs }, null, 2));
console.log(`written to ${path.relative(process.cwd(), file)}`);
const wrong = cells.filter(({ library, right }) => library === "earshot" && right < times);
if (wrong.length > 0) process.exitCode = 1;

function figures({ medianMs, p95Ms }: { medianMs: number; p95Ms: number }): string {
  return `median ${medianMs.toFixed(0)} ms, p95 ${p95Ms.toFixed(0)} ms`;
}

type Cell = {
  readonly library: string;
  readonly scenario: string;
  /** The outcomes, and how often each occurred. */
  readonly seen: Readonly<Record<string, number>>;
  readonly right: number;
};

async function table(): Promise<Cell[]> {
  installPeers();
  const found: Cell[] = [];
  console.log(`| | ${SCENARIOS.map(({ column }) => column).join(" | ")} |`);
  console.log(`|---${"|---".repeat(SCENARIOS.length)}|`);
  for (const [library, title] of Object.entries(LIBRARIES)) {
    if (only?.includes(library) === false) continue;
    const row: string[] = [];
    for (const scenario of SCENARIOS) {
      const cell = await repeat(library, scenario);
      found.push(cell);
      row.push(textOf(cell));
    }
    console.log(`| ${title} | ${row.join(" | ")} |`);
  }
  return found;
}

async function repeat(library: string, scenario: (typeof SCENARIOS)[number]): Promise<Cell> {
  const seen: Record<string, number> = {};
  let right = 0;
  for (let i = 0; i < times; i++) {
    const end = await runProgram(library, [scenario.name], scenario.stimuli, HANG_MS);
    const verdict = judge(scenario, end);
    seen[verdict] = (seen[verdict] ?? 0) + 1;
    if (scenario.right.test(verdict)) right += 1;
  }
  return { library, scenario: scenario.column, seen, right };
}

/** "**awaited, SIGTERM, LIFO**": bold if it is always right, several outcomes if the runs differ. */
function textOf({ seen, right }: Cell): string {
  const sorted = Object.entries(seen).toSorted(([, a], [, b]) => b - a);
  const text = sorted
    .map(([verdict, n]) => (n === times ? verdict : `${n} × ${verdict}`))
    .join("; ");
  return right === times ? `**${text}**` : text;
}
