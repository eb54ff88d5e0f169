import type { Stimulus } from "./run-program.ts";

export type Scenario = {
  /** Argument of the programs. */
  readonly name: string;
  readonly column: string;
  readonly stimuli: readonly Stimulus[];
  /** The right outcome in the words of the judge. */
  readonly right: RegExp;
};

/** Sends the signal once everything is registered. */
const AFTER_READY_MS = 50;
/** Longer than a debounce, shorter than what the cleanups of that scenario take. */
const SECOND_AFTER_MS = 700;

const byGood = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const;

export const SCENARIOS: readonly Scenario[] = [
  ...byGood.map((signal) => ({
    name: "wait",
    column: signal.slice(3),
    stimuli: once(signal),
    right: new RegExp(`^awaited, ${signal}, LIFO$`),
  })),
  { name: "exit", column: "exit(5)", stimuli: [], right: /^sync part, 5/ },
  { name: "uncaught", column: "uncaught", stimuli: [], right: /^awaited, 1, LIFO$/ },
  {
    name: "throws",
    column: "cleanup throws",
    stimuli: once("SIGTERM"),
    right: /^rest run, SIGTERM$/,
  },
  {
    name: "never resolves",
    column: "never resolves",
    stimuli: once("SIGTERM"),
    right: /^rest run, [23]\.\d s, SIGTERM$/,
  },
  // The main thread never returns, so the process can only be killed, at the limit of 3 s.
  { name: "loops", column: "loops", stimuli: once("SIGTERM"), right: /^3\.\d s, SIGKILL$/ },
  {
    name: "second signal",
    column: "2nd signal",
    stimuli: [...once("SIGINT"), { afterMs: SECOND_AFTER_MS, signal: "SIGINT" }],
    right: /^forced clean, SIGINT$/,
  },
];

function once(signal: NodeJS.Signals): Stimulus[] {
  return [{ afterMs: AFTER_READY_MS, signal }];
}
