import { execFileSync } from "node:child_process";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

const LIMIT_MS = 500; // as the program sets it
const NOISE_SECONDS = 900;

/** Only where the process can replace itself can the code survive a native call that does not return. */
function hasExecve(): boolean {
  const node = process.env["EARSHOT_TEST_NODE"] ?? process.execPath;
  return execFileSync(node, ["-p", "typeof process.execve"], { encoding: "utf8" }).includes(
    "function",
  );
}

export const scenarios: readonly Scenario[] = [
  {
    id: "G2",
    title: "a native call longer than the limit, forceExit(42)",
    times: 20,
    run: async () => {
      const program = new Program("context/long-call", [String(NOISE_SECONDS)]);
      await program.line(/in the call/);
      program.mark();
      return judge(await program.ended, {
        ...(hasExecve() ? { code: 42 } : { signal: "SIGKILL" }),
        withinMs: LIMIT_MS + 200,
      });
    },
  },
];
