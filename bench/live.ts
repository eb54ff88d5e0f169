// Latency of a live run: from the end of speech to the call of the skill, beyond the silence that ends an utterance,
// and the age of partial texts. Commands of people in a room, at the pace of a microphone, through the command as users
// have it. Run: npm run bench -- live [commands [--arecord]]
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { AlsaFeed } from "../test/audio/alsa-feed.ts";
import { session } from "./live/commands.ts";
import { percentile } from "./statistics.ts";

const SILENCE_MS = 600;
const CHUNK_SAMPLES = 480; // 30 ms
const PAUSE_MS = 1_600;
const EARSHOT = fileURLToPath(new URL("../dist/bin/earshot.js", import.meta.url));

const count = Number(process.argv.slice(2).find((arg) => /^\d+$/.test(arg)) ?? 40);
const usesArecord = process.argv.includes("--arecord");
const { samples, spoken, intents, description } = await session(count, PAUSE_MS);
const pcm = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);

const folder = mkdtempSync(path.join(tmpdir(), "bench-live-"));
const calls = path.join(folder, "calls");
writeFileSync(calls, "");
mkdirSync(path.join(folder, "skills"));
// A handler for every intent of both sets of templates that first records the moment of the call.
const names = Array.from(
  readFileSync(intents, "utf8").matchAll(/^ {2}(\w+):$/gm),
  (m) => m[1] ?? "",
);
writeFileSync(
  path.join(folder, "skills", "clock.js"),
  `import { appendFileSync } from "node:fs";
import { onIntent } from "earshot/skills";
for (const name of ${JSON.stringify(names)}) {
  try {
    onIntent(name, () => { const now = Date.now(); appendFileSync(${JSON.stringify(calls)}, now + "\\n"); });
  } catch {}
}`,
);

const feed = usesArecord ? new AlsaFeed() : undefined;
const source = usesArecord ? ["--recorder", "arecord", "--device", "feed"] : ["--input", "-"];
const args = ["run", "--json", "--intents", intents, "--skills", path.join(folder, "skills")];
const run = spawn(process.execPath, [EARSHOT, ...args, ...source, "--silence", `${SILENCE_MS}ms`], {
  env: { ...process.env, ...feed?.env },
  stdio: ["pipe", "pipe", "inherit"],
});
type Line = { type: string; atMs: number; heardMs?: number; tookMs?: number; intent?: unknown };
const events: { readonly line: Line; readonly atMs: number }[] = [];
const isReady = new Promise<void>((resolve) => {
  createInterface({ input: run.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    events.push({ line, atMs: Date.now() });
    if (line.type === "ready") resolve();
  });
});

console.log(
  `${spoken.length} commands: ${description}; ${usesArecord ? "arecord" : "stdin"}, ` +
    `${Math.round(samples.length / 16_000)} s at real time, silence ${SILENCE_MS} ms`,
);
const ended = new Promise((resolve) => run.once("close", resolve));
const beganMs = await play();
run.kill("SIGINT");
await ended;
feed?.[Symbol.dispose]();

const callsMs = readFileSync(calls, "utf8").trim().split("\n").filter(Boolean).map(Number);
rmSync(folder, { recursive: true });
const wallMs = (sample: number): number => beganMs + sample / 16;
const latencies = spoken.flatMap(({ endSample }, i) => {
  const next = spoken[i + 1]?.endSample ?? Infinity;
  const call = callsMs.find((ms) => ms > wallMs(endSample) && ms < wallMs(next));
  return call === undefined ? [] : [call - wallMs(endSample) - SILENCE_MS];
});
const finals = events.flatMap(({ line }) => (line.type === "final" ? [line.tookMs ?? 0] : []));
const partials = events.filter(({ line }) => line.type === "partial");
const ages = partials.map(({ line, atMs }) => atMs - beganMs - (line.heardMs ?? 0));
console.log(`commands that reached the skill: ${latencies.length} of ${spoken.length}`);
row("end of speech → skill call, beyond the silence", latencies);
row("  of which recognition", finals);
row(`age of a partial text (${partials.length})`, ages);

/** Resolves at the end with the wall-clock time of the first sample. */
async function play(): Promise<number> {
  if (feed !== undefined) {
    const startedMs = Date.now();
    await feed.play(pcm);
    return startedMs;
  }
  await isReady;
  const startedMs = Date.now();
  for (let at = 0; at < pcm.length; at += CHUNK_SAMPLES) {
    const chunk = pcm.subarray(at, at + CHUNK_SAMPLES);
    // A microphone delivers a chunk after its last sample.
    await delay(Math.max(0, startedMs + (at + chunk.length) / 16 - Date.now()));
    run.stdin.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  return startedMs;
}

function row(name: string, values: readonly number[]): void {
  const figures = [0.5, 0.95, 1].map((share) => percentile(values, share).toFixed(0).padStart(6));
  console.log(`${name.padEnd(50)} p50${figures[0]}  p95${figures[1]}  max${figures[2]} ms`);
}
