import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** Every cleanup is awaited, the last registered first, and the process ends by that very signal. */
export const scenarios: readonly Scenario[] = SIGNALS.map((signal) => ({
  id: "G3",
  title: signal,
  times: 20,
  run: async () => {
    const program = new Program("lifetime/cleanups");
    await program.line(/ready/);
    program.signal(signal);
    const inOrder = ["third", "second", "first"].map(
      (n) => `${n} begins \\(${signal}\\)\n${n} ends\n`,
    );
    return judge(await program.ended, {
      signal,
      withinMs: 1_000,
      stdout: [new RegExp(inOrder.join("")), /"ok":true/],
      notStdout: [/fallback/],
    });
  },
}));
