import { setTimeout as delay } from "node:timers/promises";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

const DEBOUNCE_MS = 300;
const FORCED = { withinMs: 100, stdout: [/second fallback\n(.|\n)*first fallback/] };

async function slowProgram(): Promise<Program> {
  const program = new Program("lifetime/cleanups", ["wait", "none", "slow"]);
  await program.line(/ready/);
  program.signal("SIGINT");
  await program.line(/third begins/);
  return program;
}

export const scenarios: readonly Scenario[] = [
  {
    id: "G5",
    title: "SIGINT again after the debounce",
    times: 20,
    run: async () => {
      const program = await slowProgram();
      await delay(DEBOUNCE_MS + 20);
      program.signal("SIGINT");
      return judge(await program.ended, { signal: "SIGINT", ...FORCED });
    },
  },
  {
    id: "G5",
    title: "another signal at once",
    times: 20,
    run: async () => {
      const program = await slowProgram();
      program.signal("SIGTERM");
      return judge(await program.ended, { signal: "SIGTERM", ...FORCED });
    },
  },
  {
    id: "G5",
    title: "the same signal within the debounce cuts nothing",
    times: 20,
    run: async () => {
      const program = await slowProgram();
      program.signal("SIGINT");
      return judge(await program.ended, {
        signal: "SIGINT",
        stdout: [/third ends\n(.|\n)*second ends\n(.|\n)*first ends\n/],
        notStdout: [/fallback/],
      });
    },
  },
];
