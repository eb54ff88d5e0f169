// Cold start of `earshot recognize` on one 3 s recording beside `node -e 0`, runs interleaved, and the share of
// it that recognition itself takes. Run: npm run bench -- start [runs]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median, percentile } from "./statistics.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const RECORDING = "demo/en/4.flac";
const RECOGNIZE = [
  "dist/bin/earshot.js",
  "recognize",
  "--json",
  "--intents",
  "demo/en/intents.yaml",
  RECORDING,
];
const runs = Number(process.argv[2] ?? 15);

const nodeMs: number[] = [];
const helpMs: number[] = [];
const recognizeMs: number[] = [];
const recognitionMs: number[] = [];
let audioMs = 0;
time(RECOGNIZE); // warms the file cache
for (let run = 0; run < runs; run++) {
  nodeMs.push(time(["-e", "0"]).tookMs);
  helpMs.push(time(["dist/bin/earshot.js", "--version"]).tookMs);
  const { tookMs, stdout } = time(RECOGNIZE);
  recognizeMs.push(tookMs);
  const heard = JSON.parse(stdout) as { tookMs: number; audioMs: number; intent: object | null };
  if (heard.intent === null) throw new Error(`${RECORDING} was not understood: ${stdout}`);
  recognitionMs.push(heard.tookMs);
  audioMs = heard.audioMs;
}

console.log(`Node ${process.version}, ${runs} runs each, interleaved; milliseconds of wall time`);
row("node -e 0", nodeMs);
row("earshot --version", helpMs);
row(`earshot recognize, ${(audioMs / 1000).toFixed(1)} s of speech`, recognizeMs);
row("  of which recognition (cold)", recognitionMs);
const cold = median(recognitionMs) / audioMs;
console.log(
  `start over bare node: ${(median(recognizeMs) - median(nodeMs)).toFixed(0)} ms; ` +
    `real-time factor of that one cold recognition: ${cold.toFixed(4)}`,
);

function time(args: readonly string[]): { tookMs: number; stdout: string } {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
  });
  const tookMs = performance.now() - from;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return { tookMs, stdout };
}

function row(name: string, values: readonly number[]): void {
  const figures = [median(values), percentile(values, 0.95)].map((v) => v.toFixed(0).padStart(7));
  console.log(`${name.padEnd(48)} median${figures[0]}   p95${figures[1]}`);
}
