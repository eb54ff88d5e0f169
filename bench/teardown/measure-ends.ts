import { median, percentile } from "../statistics.ts";
import { runProgram } from "./run-program.ts";

/**
 * "killed" is an idle context ended by SIGKILL: the time that the kernel takes to remove its memory and threads when
 * nothing releases them.
 */
const STATES = ["bare", "killed", "idle", "busy"] as const;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const LIMIT_MS = 20_000;
/** Range of the moment of the signal, which falls into a recognition of the busy context. */
const SPREAD_MS = 400;

export type EndTime = {
  readonly state: (typeof STATES)[number];
  readonly signal: NodeJS.Signals;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Time beyond that of the bare process of the same round. */
  readonly overBare: { readonly medianMs: number; readonly p95Ms: number };
  /** Number of runs that ended by that signal. */
  readonly right: number;
  readonly runs: number;
};

/** Measures the time from a signal to the end of the process, with the states interleaved. */
export async function measureEnds(runs: number): Promise<EndTime[]> {
  const results: EndTime[] = [];
  for (const signal of SIGNALS) {
    const rounds: Round[] = [];
    for (let run = 0; run < runs; run++) rounds.push(await runRound(signal));
    results.push(...STATES.map((state) => summarise(state, signal, rounds)));
  }
  return results;
}

type Round = Record<
  (typeof STATES)[number],
  { readonly tookMs: number; readonly isRight: boolean }
>;

async function runRound(signal: NodeJS.Signals): Promise<Round> {
  return {
    bare: await end("bare", signal),
    killed: await end("idle", "SIGKILL"),
    idle: await end("idle", signal),
    busy: await end("busy", signal),
  };
}

async function end(state: string, signal: NodeJS.Signals): Promise<Round["bare"]> {
  const afterMs = 20 + Math.random() * SPREAD_MS;
  const ended = await runProgram("context", [state], [{ afterMs, signal }], LIMIT_MS);
  return { tookMs: ended.tookMs, isRight: ended.signal === signal };
}

function summarise(state: EndTime["state"], signal: NodeJS.Signals, rounds: Round[]): EndTime {
  const tookMs = rounds.map((round) => round[state].tookMs);
  const overMs = rounds.map((round) => round[state].tookMs - round.bare.tookMs);
  return {
    state,
    signal: state === "killed" ? "SIGKILL" : signal,
    medianMs: median(tookMs),
    p95Ms: percentile(tookMs, 0.95),
    overBare: { medianMs: median(overMs), p95Ms: percentile(overMs, 0.95) },
    right: rounds.filter((round) => round[state].isRight).length,
    runs: rounds.length,
  };
}
