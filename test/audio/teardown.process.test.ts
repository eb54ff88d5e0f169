import { describe, expect, test } from "vitest";
import { judge, type Expected } from "../lifetime/contract/scenario.ts";
import { areGone } from "../helpers/process-table.ts";
import { Program, runProgram } from "../helpers/run-program.ts";
import { AlsaFeed } from "./alsa-feed.ts";

const TIMES = Number(process.env["EARSHOT_CONTRACT_TIMES"] ?? 1);
const GONE_WITHIN_MS = 1_000;

const WAYS: [string, Expected][] = [
  ["dispose", { code: 0, stdout: [/^quiet$/m] }],
  ["exit", { code: 5 }],
  ["throw", { code: 1 }],
  ["SIGINT", { signal: "SIGINT" }],
  ["SIGTERM", { signal: "SIGTERM" }],
  ["SIGKILL", { signal: "SIGKILL" }],
];

describe.each(["that records", "that stalls"])(
  "G7: a real arecord %s is dead within 1 s of",
  (state) => {
    test.each(WAYS)("%s", { timeout: 30_000 * TIMES }, async (way, expected) => {
      for (let i = 0; i < TIMES; i++) {
        const tookMs = await endWhileRecording(way, expected, state === "that stalls");
        expect(tookMs).toBeGreaterThan(0);
      }
    });
  },
);

async function endWhileRecording(
  way: string,
  expected: Expected,
  stalls: boolean,
): Promise<number> {
  using feed = new AlsaFeed();
  const program = new Program("audio/microphone", [way], { env: feed.env });
  void (stalls ? feed.play(new Int16Array(2_000)) : feed.playForEver());
  const recorder = Number(await program.line(/recorder (\d+)/));
  await program.line(/heard/);
  const startedMs = performance.now();
  if (expected.signal === undefined) program.write("go\n");
  else program.signal(expected.signal);
  await areGone([recorder], 2 * GONE_WITHIN_MS);
  const tookMs = performance.now() - startedMs;
  const ended = await program.ended;
  judge(ended, expected);
  expect(tookMs, `time to the recorder's end, of\n${JSON.stringify(ended)}`).toBeLessThan(
    GONE_WITHIN_MS,
  );
  return tookMs;
}

test("G8: without a recorder the error is typed, and a stop at once spares a sibling process", {
  timeout: 10_000 * TIMES,
}, async () => {
  for (let i = 0; i < TIMES; i++) {
    const stdout = [/^RECORDER_MISSING$/m, /^alive$/m];
    expect(judge(await runProgram("audio/no-recorder"), { code: 0, stdout })).toBeGreaterThan(0);
  }
});
