import { secondCopy } from "../../helpers/built-fixtures.ts";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Expected, type Scenario } from "./scenario.ts";

const ONCE = /^(?!(.|\n)*ours cleaned up(.|\n)*ours cleaned up)(.|\n)*ours cleaned up/;

const OTHERS: Record<string, Expected> = {
  "foreign-listener": { stdout: [ONCE, /foreign listener/] },
  "signal-exit": { stdout: [ONCE, /other exit callback\n$/] },
  "second-copy": { stdout: [ONCE, /theirs cleaned up\nours cleaned up/, /another module/] },
};

/** Every cleanup runs once, nothing hangs, and no listener of ours is left on `process`. */
export const scenarios: readonly Scenario[] = Object.entries(OTHERS).flatMap(([who, expected]) => [
  {
    id: "G15",
    title: `${who}, SIGINT`,
    times: 20,
    run: async () => {
      const program = start(who, "wait");
      await program.line(/ready/);
      program.signal("SIGINT");
      return judge(await program.ended, {
        ...expected,
        signal: "SIGINT",
        withinMs: 500,
        notStdout: [/fallback/],
      });
    },
  },
  {
    id: "G15",
    title: `${who}, dispose`,
    times: 20,
    run: async () =>
      judge(await start(who, "dispose").ended, {
        code: 0,
        stdout: [ONCE, who === "second-copy" ? /untouched/ : /ours cleaned up/],
        notStdout: [/fallback/],
      }),
  },
]);

function start(who: string, way: string): Program {
  const env = { EARSHOT_TEST_COPY: `${secondCopy()}/lifetime` };
  return new Program("lifetime/other-users", [who, way], { env });
}
