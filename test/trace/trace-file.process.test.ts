import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAudio } from "../../src/audio/formats/read-audio.ts";
import { earshot, startEarshot } from "../cli/earshot.ts";
import { Program } from "../helpers/run-program.ts";
import { parseTrace, type Event, type TraceFile } from "./trace-event-format.ts";

const folder = mkdtempSync(path.join(tmpdir(), "earshot-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const newFile = (): string => path.join(folder, `${++files}.json`);
const read = (file: string): TraceFile => parseTrace(readFileSync(file, "utf8"));

function one(trace: TraceFile, cat: string, name: RegExp): Event {
  const found = trace.traceEvents.filter((event) => event.cat === cat && name.test(event.name));
  expect(found, `${cat} ${String(name)}`).not.toEqual([]);
  return found.at(-1)!;
}

/** Feeds `earshot run` one recording over and over and interrupts it in the middle of a recognition. */
async function interruptedRun(file: string): Promise<void> {
  const run = ["run", "--json", "--intents", "demo/en/intents.yaml", "--input", "-"];
  const { child, line, ended } = startEarshot(run, { env: { EARSHOT_TRACE: file } });
  const samples = await readAudio("demo/en/7.flac");
  const speech = Buffer.from(Int16Array.from(samples, (s) => Math.round(s * 32_767)).buffer);
  const stdin = child.stdin!;
  stdin.on("error", () => {}); // the program has ended, as intended
  const talk = (): boolean => stdin.write(Buffer.concat([speech, Buffer.alloc(32_000)]));
  for (let i = 0; i < 20; i++) talk();
  await line((text) => text.includes('"type":"intent"'));
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: null, signal: "SIGINT" });
}

describe("the trace of a run that was interrupted while busy", () => {
  const file = newFile();
  let trace: TraceFile;

  beforeAll(async () => {
    await interruptedRun(file);
    trace = read(file);
  });

  test("says how it ended, in one complete file", () => {
    expect(trace.otherData).toMatchObject({ ending: "SIGINT", node: process.version });
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("has the scopes, what they held, and how each was released after the signal", () => {
    const signal = trace.traceEvents.find(({ ph, name }) => ph === "i" && name === "SIGINT")!;
    for (const name of ["earshot run", "voice context", "speech model"]) {
      const scope = one(trace, "scope", new RegExp(`^${name}$`));
      expect(scope.args["outcome"]).toBe("done");
      const cleanup = one(trace, "cleanup", new RegExp(`^${name}$`));
      expect(cleanup.ts).toBeGreaterThanOrEqual(signal.ts);
      expect(cleanup.ts + cleanup.dur!).toBe(scope.ts + scope.dur!);
    }
    expect(one(trace, "held", /^worker speech$/).args["path"]).toBe("speech model › worker speech");
  });

  test("nests each native call inside the call to the worker that made it", () => {
    const calls = trace.traceEvents.filter(({ cat }) => cat === "call");
    const native = trace.traceEvents.filter(
      ({ cat, name }) => cat === "native" && name !== "release",
    );
    expect(native.map(({ name }) => name)).toContain("recognize");
    for (const { name, ts, dur } of native) {
      const around = calls.some(
        (call) => call.name === name && call.ts <= ts && call.ts + call.dur! >= ts + dur! - 1_000,
      );
      expect(around, `${name} at ${ts}`).toBe(true);
    }
  });

  test("is drawn by `earshot trace` as one self-contained page", async () => {
    const page = await earshot(["trace", file, "-o", "-"]);
    expect(page).toMatchObject({ code: 0, stderr: "" });
    expect(page.stdout).toMatch(/^<!doctype html>/);
    expect(page.stdout).toContain("ended by SIGINT");
    expect(page.stdout).toContain(">voice context<");
    expect(page.stdout).toMatch(/prefers-color-scheme: dark/);
    expect(page.stdout).not.toMatch(/(?:src|href)=|url\(|@import|<link/);
  });

  test("`earshot trace` writes the page beside the trace, or a picture where -o names one", async () => {
    expect((await earshot(["trace", file])).code).toBe(0);
    const page = file.replace(/json$/, "html");
    expect(readFileSync(page, "utf8")).toContain("</html>");
    const picture = path.join(folder, "picture.svg");
    expect((await earshot(["trace", file, "-o", picture])).code).toBe(0);
    expect(readFileSync(picture, "utf8")).toMatch(/^<svg [\s\S]*<\/svg>$/);
  });
});

describe("the trace is written", () => {
  const ends: [string, string[], string][] = [
    ["when the scope closes and nothing is left to do", ["dispose"], "exit code 0"],
    ["by forceExit", ["forceExit", "none", "7"], "exit code 7"],
    ["in the synchronous phase of process.exit", ["exit"], "exit code 5"],
    ["after an uncaught error that nobody handles", ["throw", "none", "unhandled"], "exit code 1"],
  ];
  test.each(ends)("%s", async (_, args, ending) => {
    const file = newFile();
    await new Program("lifetime/cleanups", args, { env: { EARSHOT_TRACE: file } }).ended;
    const trace = read(file);
    expect(trace.otherData["ending"]).toBe(ending);
    one(trace, "scope", /^test$/);
  });

  test("when a signal that the program does not handle ends it after its fallbacks", async () => {
    const file = newFile();
    const program = new Program("lifetime/cleanups", ["wait", "none", "unhandled"], {
      env: { EARSHOT_TRACE: file },
    });
    await program.line(/ready/);
    program.signal("SIGTERM");
    expect(await program.ended).toMatchObject({ signal: "SIGTERM" });
    const trace = read(file);
    expect(trace.otherData["ending"]).toBe("SIGTERM");
    one(trace, "fallback", /^first$/);
    expect(one(trace, "held", /^first$/).args["outcome"]).toBe("fallback");
  });

  test("when the main thread is stuck, up to the beginning of the shutdown", async () => {
    const file = newFile();
    const program = new Program("lifetime/cleanups", ["wait", "loops"], {
      env: { EARSHOT_TRACE: file },
    });
    await program.line(/ready/);
    program.signal("SIGTERM");
    expect(await program.ended).toMatchObject({ signal: "SIGKILL" });
    expect(read(file).otherData["ending"]).toBe("SIGTERM, being handled");
  });

  test("with the outcome of a failed and of a timed-out cleanup", async () => {
    for (const [misbehaviour, outcome] of [
      ["throws", "failed"],
      ["never", "timedOut"],
    ] as const) {
      const file = newFile();
      await new Program("lifetime/cleanups", ["forceExit", misbehaviour], {
        env: { EARSHOT_TRACE: file },
      }).ended;
      expect(one(read(file), "cleanup", new RegExp(misbehaviour)).args["outcome"]).toBe(outcome);
    }
  });
});

test("the trace shows a child process, the signals sent to it and how it ended", async () => {
  const file = newFile();
  const script = path.resolve(import.meta.dirname, "../fixtures/lifetime/recorder.sh");
  const program = new Program("lifetime/recording", ["stubborn"], {
    env: { EARSHOT_TEST_RECORDER: script, EARSHOT_TRACE: file },
  });
  await program.line(/recorder/);
  program.signal("SIGINT");
  await program.ended;
  const trace = read(file);
  const child = one(trace, "child", /^recorder$/);
  expect(child.args).toMatchObject({ exit: "SIGKILL" });
  const sent = trace.traceEvents.filter(({ ph, args }) => ph === "i" && args["to"] !== undefined);
  expect(sent.map(({ name }) => name)).toEqual(["SIGTERM", "SIGKILL"]);
});

test("native calls of a worker process appear under the process id of the worker", async () => {
  const file = newFile();
  const program = new Program("lifetime/traced-worker", ["process"], {
    env: { EARSHOT_TRACE: file },
  });
  expect(await program.ended).toMatchObject({ code: 0 });
  const trace = read(file);
  const native = one(trace, "native", /^busy$/);
  const child = one(trace, "child", /process of worker/);
  expect(native.pid).toBe(child.args["pid"]);
  expect(native.args["outcome"]).toBe("still inside");
  expect(native.dur).toBeGreaterThan(100_000);
});

test("%p in the file name stands for the process id", async () => {
  const program = new Program("lifetime/cleanups", ["dispose"], {
    env: { EARSHOT_TRACE: path.join(folder, "of-%p.json") },
  });
  await program.line(/ready/);
  const { pid } = program;
  await program.ended;
  expect(read(path.join(folder, `of-${pid}.json`)).traceEvents[0]).toMatchObject({ pid });
});

test.each([
  ["yes", /EARSHOT_TRACE must be "tree" or the name of a file that ends in \.json, not "yes"/],
  [
    "/nonexistent/t.json",
    /EARSHOT_TRACE names a file in \/nonexistent, where nothing can be written/,
  ],
])("EARSHOT_TRACE=%s gives one line and exit status 2", async (value, message) => {
  const { ended } = startEarshot(["doctor"], { env: { EARSHOT_TRACE: value } });
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout, lines: stderr.split("\n").length }).toEqual({
    code: 2,
    stdout: "",
    lines: 2,
  });
  expect(stderr).toMatch(message);
});

test.each([
  ["package.json", /package\.json is not a trace \(it has no traceEvents\)/],
  ["README.md", /README\.md is not a trace \(it is not JSON\)/],
  ["missing.json", /The trace missing\.json cannot be read: ENOENT/],
])("`earshot trace %s` gives one line and exit status 2", async (file, message) => {
  const { code, stdout, stderr } = await earshot(["trace", file]);
  expect({ code, stdout, lines: stderr.split("\n").length }).toEqual({
    code: 2,
    stdout: "",
    lines: 2,
  });
  expect(stderr).toMatch(message);
});
