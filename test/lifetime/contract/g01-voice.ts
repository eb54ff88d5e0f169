import { Program } from "../../helpers/run-program.ts";
import { judge, randomBelow, type Expected, type Scenario } from "./scenario.ts";

const SECOND_MS = 1_000;

const WAYS: Record<string, Expected> = {
  exit: { code: 5 },
  throw: { code: 1 },
  dispose: { code: 5 },
  forceExit: { code: 5 },
};

/** All of Earshot ends as requested while it recognises speech. */
export const scenarios: readonly Scenario[] = [
  ...Object.entries(WAYS).map(([way, expected]) => ({
    id: "G1",
    title: `busy voice context, ${way}`,
    times: 20,
    run: async () => {
      const program = new Program("lifetime/voice", [way, String(randomBelow(200))]);
      await program.line(/ending/);
      program.mark();
      return judge(await program.ended, { ...expected, withinMs: SECOND_MS });
    },
  })),
  ...(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const).map((signal) => ({
    id: "G3",
    title: `busy voice context, ${signal}`,
    times: 20,
    run: async () => {
      const program = new Program("lifetime/voice", ["wait", String(randomBelow(200))]);
      await program.line(/ending/);
      program.signal(signal);
      return judge(await program.ended, { signal, withinMs: SECOND_MS });
    },
  })),
];
