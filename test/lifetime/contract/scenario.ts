import assert from "node:assert/strict";
import type { Ended } from "../../helpers/run-program.ts";

/** One line of the teardown contract: a program that is run and judged. `run` rejects when the line is broken. */
export type Scenario = {
  /** The line of the contract: "G3". */
  readonly id: string;
  /** The cause of the end: "SIGINT". */
  readonly title: string;
  /** How often the contract demands the scenario. */
  readonly times: number;
  /** False: only `npm run stress` runs it, because it takes long or resembles others. @default true */
  readonly isInEveryTest?: boolean;
  /** Yields the time from the cause to the end of the process, in ms, and a note for the table of all runs. */
  readonly run: () => Promise<number | NotedTime>;
};

export type NotedTime = { readonly tookMs: number; readonly note: string };

/** Relaxes time limits for tests that run beside others on a busy machine. */
const SLACK = process.env["VITEST"] === undefined ? 1 : 3;

export type Expected = {
  readonly code?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  readonly withinMs?: number;
  readonly stdout?: readonly RegExp[] | undefined;
  readonly stderr?: readonly RegExp[];
  readonly notStdout?: readonly RegExp[];
};

/** Judges the wait status, the process table and the output. Yields the time to the end, in ms. */
export function judge(ended: Ended, expected: Expected): number {
  const {
    code = null,
    signal = null,
    withinMs = 5_000,
    stdout = [],
    stderr = [],
    notStdout = [],
  } = expected;
  const seen = `\n${JSON.stringify(ended, undefined, 2)}`;
  assert.deepEqual(
    { code: ended.code, signal: ended.signal },
    { code, signal },
    `wait status${seen}`,
  );
  assert.deepEqual(ended.survivors, [], `left behind${seen}`);
  for (const pattern of stdout) assert.match(ended.stdout, pattern, `output${seen}`);
  for (const pattern of stderr) assert.match(ended.stderr, pattern, `errors${seen}`);
  for (const pattern of notStdout) assert.doesNotMatch(ended.stdout, pattern, `output${seen}`);
  assert.ok(
    ended.tookMs <= withinMs * SLACK,
    `${Math.round(ended.tookMs)} ms > ${withinMs} ms${seen}`,
  );
  return ended.tookMs;
}

/** A whole number from 0 to `limit` − 1. */
export function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}
