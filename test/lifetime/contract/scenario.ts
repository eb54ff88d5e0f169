import assert from "node:assert/strict";
import type { Ended } from "../../helpers/run-program.ts";

/** One line of the teardown contract, as a program that is run and judged; rejects when it is broken. */
export type Scenario = {
  /** "G3" */
  readonly id: string;
  /** What is done to the program: "SIGINT". */
  readonly title: string;
  /** How often the contract wants it. */
  readonly times: number;
  /** False: only `npm run stress` runs it, since it takes long or is like others. @default true */
  readonly isInEveryTest?: boolean;
  /** Yields the time from the cause to the end of the process, in ms; with a note for the table of all runs. */
  readonly run: () => Promise<number | NotedTime>;
};

export type NotedTime = { readonly tookMs: number; readonly note: string };

/** Tests that run beside others on a busy machine are not judged by the clock as strictly. */
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
