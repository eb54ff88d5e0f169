// The part that every program of this folder shares, whatever library releases its resources. Argument: the scenario.
import { writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

export const scenario = process.argv[2] ?? "wait";
export const LIMIT_MS = 3_000;
const CLEANUP_MS = scenario === "second signal" ? 1_500 : 200;

export const say = (line) => writeSync(1, `${line}\n`);

const good = (name) => async () => {
  say(`${name} begins`);
  await delay(CLEANUP_MS);
  say(`${name} ends`);
};

function bad() {
  say("bad begins");
  switch (scenario) {
    case "throws":
      throw new Error("on purpose");
    case "never resolves":
      return new Promise(() => {});
    default:
      for (;;);
  }
}

const isBad = ["throws", "never resolves", "loops"].includes(scenario);

/** Two slow cleanups and a misbehaving one between them, in the order of registration. */
export const cleanups = [good("first"), ...(isBad ? [bad] : []), good("second")];

/** All cleanups in reverse order, for libraries that take one function. */
export async function all() {
  for (const cleanup of [...cleanups].reverse()) await cleanup();
}

/** Prints that everything is registered, so that the bench sends its signal. */
export function begin() {
  setInterval(() => {}, 60_000);
  say("ready");
  // oxlint-disable-next-line unicorn/no-process-exit -- the subject of the bench
  if (scenario === "exit") setImmediate(() => process.exit(5));
  if (scenario === "uncaught") {
    setImmediate(() => {
      throw new Error("thrown on purpose");
    });
  }
}
