// Nine minutes of a live run: synthesised speech with silence, noise, chatter and faults between, through the real
// arecord; judged by what was understood, done and replied, and written down as docs/live-session.md.
// Run: npm run bench -- live-session [rounds]. Needs flite, sox and alsa-utils.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describeEvent } from "../src/cli/output/event-lines.ts";
import type { RunEvent } from "../src/run/run-events.ts";
import { AlsaFeed } from "../test/audio/alsa-feed.ts";
import { processTable } from "../test/helpers/process-table.ts";
import { roomNoise, synthesise, type Voice } from "./live/synthesise.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const EARSHOT = path.join(ROOT, "dist/bin/earshot.js");
const VOICES: readonly Voice[] = ["slt", "rms", "awb"];
const SKILLS = `import { onIntent } from "earshot/skills";
onIntent("LightsOn", ({ slots }) => "Light on in the " + slots.room + ".");
onIntent("SetBrightness", ({ slots }) => slots.brightness + " percent.");
onIntent("CloseBlinds", () => "Closed.");
onIntent("SetTimer", ({ slots }) => slots.minutes + " minutes.");
onIntent("StopMusic", () => "Quiet.");
onIntent("PlayMusic", ({ slots }) =>
  new Promise((resolve) => setTimeout(() => resolve("Here is some " + slots.genre + "."), 10_000)));
`;

/** One step: a sentence to say, noise to play for some ms or an action, and the events that must follow in order. */
type Step =
  | { readonly say: string; readonly expect?: readonly string[] }
  | { readonly roomMs: number; readonly gainDb?: number; readonly expect?: readonly string[] }
  | {
      readonly act: "kill the recorder" | "SIGUSR2" | "SIGHUP";
      readonly expect?: readonly string[];
    };

const PAUSE = { roomMs: 2_500 } as const;

const ROUND: readonly Step[] = [
  { roomMs: 4_000 },
  { say: "hey computer", expect: ["wake"] },
  { roomMs: 1_500 },
  {
    say: "turn on the lights in the kitchen",
    expect: ["LightsOn kitchen", "handled", "says Light on in the kitchen."],
  },
  { roomMs: 10_000, gainDb: 12 },
  {
    say: "hey computer, set the living room lights to forty five percent",
    expect: ["wake", "SetBrightness living room 45", "handled", "says 45 percent."],
  },
  PAUSE,
  { say: "the weather was lovely when we walked along the river" },
  PAUSE,
  { say: "close the bedroom blinds" },
  { roomMs: 15_000, gainDb: 15 },
  { say: "hey computer", expect: ["wake"] },
  { roomMs: 11_000, expect: ["asleep"] },
  { act: "kill the recorder", expect: ["microphone lost", "microphone opened"] },
  { roomMs: 3_000 },
  { say: "hey computer, stop the music", expect: ["wake", "StopMusic", "handled", "says Quiet."] },
  PAUSE,
  { act: "SIGUSR2", expect: ["wake by request"] },
  { roomMs: 500 },
  { say: "close the bedroom blinds", expect: ["CloseBlinds bedroom", "handled", "says Closed."] },
  { roomMs: 12_000 },
  { act: "SIGHUP", expect: ["skills reloaded"] },
  { roomMs: 3_000 },
  {
    say: "hey computer, set a timer for twenty five minutes",
    expect: ["wake", "SetTimer 25", "handled", "says 25 minutes."],
  },
  { roomMs: 20_000, gainDb: 6 },
  {
    say: "hey computer, play some jazz in the living room",
    expect: ["wake", "PlayMusic living room jazz"],
  },
  { roomMs: 1_200 },
  {
    say: "hey computer, stop the music",
    expect: ["ignored busy", "handled", "says Here is some jazz."],
  },
  { roomMs: 18_000 },
];

const rounds = Number(process.argv[2] ?? 4);
const folder = mkdtempSync(path.join(tmpdir(), "live-session-"));
const skills = path.join(folder, "skills");
mkdirSync(skills);
writeFileSync(path.join(skills, "home.js"), SKILLS);
using feed = new AlsaFeed();
const args = [
  ..."run --json --wake".split(" "),
  "hey computer",
  ..."--reload-on-hup --recorder arecord --device feed --intents".split(" "),
  path.join(ROOT, "demo/en/intents.yaml"),
  "--skills",
  skills,
  "--say",
  `espeak-ng -v en -w ${path.join(folder, "said.wav")}`,
];
const steps = Array.from({ length: rounds }, () => ROUND).flat();
const voiceOf = (i: number): Voice => VOICES[(i + Math.floor(i / ROUND.length)) % VOICES.length]!;
/** Synthesises all speech before the run, so that the run never waits for it. */
const sounds: Int16Array[] = [];
for (const [i, step] of steps.entries()) sounds.push(await soundOf(step, voiceOf(i)));

const startedMs = Date.now();
const run = spawn(process.execPath, [EARSHOT, ...args], {
  env: { ...process.env, ...feed.env },
  stdio: ["ignore", "pipe", "pipe"],
});
let complaints = "";
run.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
const told: { readonly event: RunEvent; readonly atMs: number }[] = [];
createInterface({ input: run.stdout }).on("line", (text) => {
  const event = JSON.parse(text) as RunEvent;
  told.push({ event, atMs: Date.now() - startedMs });
});
const ended = new Promise<string>((resolve) =>
  run.once("close", (code, signal) => resolve(signal ?? String(code))),
);

const script: { readonly atMs: number; readonly text: string }[] = [];
const expected: string[] = [];
for (const [i, step] of steps.entries()) {
  await perform(step, i);
  expected.push(...(step.expect ?? []));
}
run.kill("SIGTERM");
const status = await ended;
rmSync(folder, { recursive: true });

const seen = told.flatMap(({ event }) => summary(event));
const isRight = JSON.stringify(seen) === JSON.stringify(expected);
const last = told.at(-1)?.event;
const isClean = status === "SIGTERM" && last?.type === "shutdown" && last.report.ok;
if (process.argv[2] === undefined) writeTranscript();
console.log(`${Math.round((Date.now() - startedMs) / 1000)} s, ${expected.length} things expected`);
console.log(
  isRight
    ? "each came, in order, and nothing else"
    : `expected ${JSON.stringify(expected)}\nseen     ${JSON.stringify(seen)}`,
);
console.log(
  isClean ? "ended by SIGTERM with everything released" : `ended badly: ${status}\n${complaints}`,
);
if (!isRight || !isClean) process.exitCode = 1;

async function soundOf(step: Step, voice: Voice): Promise<Int16Array> {
  if ("say" in step) return toPcm(await synthesise(folder, voice, step.say));
  return "roomMs" in step ? toPcm(roomNoise(step.roomMs, step.gainDb)) : new Int16Array(0);
}

async function perform(step: Step, i: number): Promise<void> {
  script.push({ atMs: Date.now() - startedMs, text: describeStep(step, voiceOf(i)) });
  if (!("act" in step)) await feed.play(sounds[i] ?? new Int16Array(0));
  else if (step.act === "kill the recorder") process.kill(recorderPid(), "SIGKILL");
  else run.kill(step.act);
}

function describeStep(step: Step, voice: Voice): string {
  if ("say" in step) return `${voice} says "${step.say}"`;
  if ("act" in step) return step.act;
  return `the room, ${step.roomMs / 1000} s${step.gainDb === undefined ? "" : ", loud"}`;
}

function recorderPid(): number {
  const row = processTable().find(
    ({ parentPid, command }) => parentPid === run.pid && command === "arecord",
  );
  if (row === undefined) throw new Error("there is no recorder");
  return row.pid;
}

/** The events that count. Ignored speech and ignored noise may occur at any time. */
function summary(event: RunEvent): string[] {
  switch (event.type) {
    case "wake":
      return [event.by === "request" ? "wake by request" : "wake"];
    case "asleep":
      return ["asleep"];
    case "intent":
      return [[event.intent?.name, ...slotsOf(event.intent)].join(" ")];
    case "handled":
      return [event.handled ? "handled" : "not handled"];
    case "reply":
      return [`says ${event.text}`];
    case "ignored":
      return event.reason === "no-wake-phrase" || event.reason === "no-speech"
        ? []
        : [`ignored ${event.reason}`];
    case "microphone":
      return [`microphone ${event.state}`];
    case "skills":
      return event.state === "loaded" ? [] : [`skills ${event.state}`];
    case "error":
      return [`error ${event.code}`];
    case "ready":
    case "speech-start":
    case "partial":
    case "speech-end":
    case "final":
    case "checked":
    case "reply-end":
    case "skill-log":
    case "skill-lifecycle":
    case "templates":
    case "alert":
    case "shutdown":
      return [];
  }
}

function slotsOf(intent: { readonly slots: object } | null): string[] {
  return Object.entries(intent?.slots ?? {})
    .toSorted(([a], [b]) => (a === "room" ? 0 : 1) - (b === "room" ? 0 : 1) || a.localeCompare(b))
    .map(([, value]) => String(value));
}

function toPcm(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);
}

function writeTranscript(): void {
  const lines = [
    ...script.map(({ atMs, text }) => ({ atMs, text: `    ${text}` })),
    ...told.flatMap(({ event, atMs }) => {
      const text = describeEvent(event);
      return text === undefined ? [] : [{ atMs, text: `→ ${text}` }];
    }),
  ].toSorted((a, b) => a.atMs - b.atMs);
  const body = lines.map(({ atMs, text }) => `${clock(atMs)}  ${text}`).join("\n");
  const head = `# Nine minutes of a live run

\`npm run bench -- live-session\` writes this page. It plays synthetic voices, silence, noise, chatter and an occasional
fault to \`earshot run --wake "hey computer"\` through the real \`arecord\`. Indented lines are the input; lines after an
arrow are the output of \`earshot run\`. ${isRight ? "In this run every expected line came, in order, and no other." : "In this run NOT every expected line came, or others did."}
`;
  writeFileSync(path.join(ROOT, "docs/live-session.md"), `${head}\n\`\`\`\n${body}\n\`\`\`\n`);
}

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
