import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

/** The program exits by itself: fallbacks replace the cleanups, which cannot be awaited. */
export const scenarios: readonly Scenario[] = [
  {
    id: "G6",
    title: "process.exit(5)",
    times: 20,
    run: async () => {
      const program = new Program("lifetime/cleanups", ["exit"]);
      await program.line(/ready/);
      program.mark();
      return judge(await program.ended, {
        code: 5,
        withinMs: 500,
        stdout: [/third fallback\nsecond fallback\nfirst fallback\n/],
      });
    },
  },
  ...(["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const).map((signal) => ({
    id: "G6",
    title: `${signal}, signals not handled`,
    times: 20,
    run: async () => {
      const program = new Program("lifetime/cleanups", ["wait", "none", "unhandled"]);
      await program.line(/ready/);
      program.signal(signal);
      return judge(await program.ended, {
        signal,
        withinMs: 500,
        stdout: [/third fallback\nsecond fallback\nfirst fallback\n$/],
      });
    },
  })),
  ...["throw", "reject"].map((way) => ({
    id: "G6",
    title: `${way} is awaited and ends with 1`,
    times: 20,
    run: async () => {
      const program = new Program("lifetime/cleanups", [way]);
      await program.line(/ready/);
      program.mark();
      return judge(await program.ended, {
        code: 1,
        withinMs: 1_000,
        stdout: [/third ends\n(.|\n)*second ends\n(.|\n)*first ends\n/],
      });
    },
  })),
];
