import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

/** A signal that comes while the main thread is busy, just before nothing keeps the process alive. */
export const scenarios: readonly Scenario[] = (["blocked", "blocked-dispose"] as const).flatMap(
  (way) =>
    (["SIGINT", "SIGTERM"] as const).map((signal) => ({
      id: "G13",
      title: `${signal}, ${way === "blocked" ? "then the loop drains" : "then the scope closes"}`,
      times: 20,
      run: async () => {
        const program = new Program("lifetime/cleanups", [way]);
        await program.line(/ready/);
        program.signal(signal);
        return judge(await program.ended, { signal, stdout: [/first ends/] });
      },
    })),
);
