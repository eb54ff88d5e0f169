import { Program } from "../../helpers/run-program.ts";
import { judge, type Expected, type Scenario } from "./scenario.ts";

const TOTAL_LIMIT_MS = 1_000; // as the program sets it
const OTHERS = [/third ends\n/, /second ends\n/, /first ends\n/];

/** How a program that is asked to exit with 0 ends when one of its cleanups misbehaves. */
const EXPECTED: Record<string, Expected> = {
  throws: { code: 1, stdout: [...OTHERS, /"outcome":"failed"/] },
  rejects: { code: 1, stdout: [...OTHERS, /"outcome":"failed"/] },
  never: { code: 1, stdout: [...OTHERS, /"outcome":"timedOut"/] },
  loops: { signal: "SIGKILL", stdout: OTHERS.slice(0, 2) }, // the watchdog's doing
};

const WAYS = {
  forceExit: async (program: Program) => program.mark(),
  SIGTERM: async (program: Program) => program.signal("SIGTERM"),
} as const;

/** The others still run, and the process ends in time. */
export const scenarios: readonly Scenario[] = Object.entries(WAYS).flatMap(([way, begin]) =>
  Object.entries(EXPECTED).map(([misbehaviour, expected]) => ({
    id: "G4",
    title: `a cleanup ${misbehaviour}, ${way}`,
    times: 20,
    run: async () => {
      const program = new Program("context/cleanups", [
        way === "forceExit" ? way : "wait",
        misbehaviour,
      ]);
      await program.line(/ready/);
      await begin(program);
      const status: Expected = way === "SIGTERM" && "code" in expected ? { signal: way } : {};
      const { code: _, ...rest } = expected;
      return judge(await program.ended, {
        ...(way === "SIGTERM" ? { ...rest, ...status } : expected),
        withinMs: TOTAL_LIMIT_MS + 500,
      });
    },
  })),
);
