import assert from "node:assert/strict";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Expected, type Scenario } from "./scenario.ts";

// As the program sets them.
const ENTRY_LIMIT_MS = 400;
const TOTAL_LIMIT_MS = 1_000;

const OTHERS = [/third ends\n/, /second ends\n/, /first ends\n/];

/** The output to expect, beside the wait status, when one of the cleanups misbehaves. */
const MISBEHAVIOURS = {
  throws: [...OTHERS, /"outcome":"failed"/],
  rejects: [...OTHERS, /"outcome":"failed"/],
  never: [...OTHERS, /"outcome":"timedOut"/],
  loops: OTHERS.slice(0, 2), // nothing can run after it
} as const;

/** The other cleanups still run, and the process ends in time with the requested status, except that 0 becomes 1. */
export const scenarios: readonly Scenario[] = [
  ...Object.entries(MISBEHAVIOURS).flatMap(([misbehaviour, stdout]) => [
    {
      id: "G4",
      title: `a cleanup ${misbehaviour}, forceExit(0)`,
      times: 20,
      run: async () => {
        const program = new Program("lifetime/cleanups", ["forceExit", misbehaviour]);
        await program.line(/ready/);
        program.mark();
        return judge(await program.ended, inTime(misbehaviour, { code: 1, stdout }));
      },
    },
    {
      id: "G4",
      title: `a cleanup ${misbehaviour}, SIGTERM`,
      times: 20,
      run: async () => {
        const program = new Program("lifetime/cleanups", ["wait", misbehaviour]);
        await program.line(/ready/);
        program.signal("SIGTERM");
        return judge(await program.ended, inTime(misbehaviour, { signal: "SIGTERM", stdout }));
      },
    },
  ]),
  {
    id: "G4",
    title: "a cleanup loops beside an idle worker, SIGTERM",
    times: 20,
    run: async () => {
      const program = new Program("lifetime/cleanups", ["wait", "loops", "worker"]);
      await program.line(/ready/);
      program.signal("SIGTERM");
      const ended = await program.ended;
      assert.match(ended.stderr, /stuck in "test › loops"/);
      return judge(ended, inTime("loops", { stdout: OTHERS.slice(0, 2) }));
    },
  },
  {
    id: "G4",
    title: "a synchronous fallback loops, process.exit(5)",
    times: 20,
    run: async () => {
      const program = new Program("lifetime/cleanups", ["exit-loop"]);
      await program.line(/ready/);
      program.mark();
      const ended = await program.ended;
      assert.match(ended.stderr, /stuck in "looping fallback"/);
      return judge(ended, { signal: "SIGKILL", withinMs: ENTRY_LIMIT_MS + 500 });
    },
  },
];

/** The watchdog kills a main thread that loops. */
function inTime(misbehaviour: string, { code, signal, stdout }: Expected): Expected {
  const withinMs = TOTAL_LIMIT_MS + 500;
  if (misbehaviour === "loops") return { signal: "SIGKILL", stdout, withinMs };
  return code === undefined ? { signal, stdout, withinMs } : { code, stdout, withinMs };
}
