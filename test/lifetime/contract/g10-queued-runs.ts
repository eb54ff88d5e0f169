import { Program } from "../../helpers/run-program.ts";
import { judge, randomBelow, type Scenario } from "./scenario.ts";

const RUNS = 20;

/** Each queued run ends with its result or a typed cancellation. */
export const scenarios: readonly Scenario[] = [
  {
    id: "G10",
    title: `${RUNS} runs queued, then dispose`,
    times: 20,
    run: async () => {
      const program = new Program("lifetime/queued-runs", [String(RUNS), String(randomBelow(200))]);
      await program.line(/queued/);
      program.mark();
      const each = `(result |CONTEXT_CLOSED ){${RUNS - 1}}(result|CONTEXT_CLOSED)`;
      return judge(await program.ended, {
        code: 0,
        stdout: [new RegExp(`^queued\n${each}\n$`)],
      });
    },
  },
];
