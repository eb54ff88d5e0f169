import { execFileSync } from "node:child_process";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Scenario } from "./scenario.ts";

const LIMIT_MS = 500; // as the program sets it
const NOISE_SECONDS = 900;

const WAYS = [
  { way: "forceExit", code: 42, stderr: [] },
  { way: "exit", code: 42, stderr: [] },
  { way: "throw", code: 1, stderr: [/Error: thrown on purpose/] },
] as const;

/** The exit code survives a native call that does not return only where the process can replace itself. */
function hasExecve(): boolean {
  const node = process.env["EARSHOT_TEST_NODE"] ?? process.execPath;
  return execFileSync(node, ["-p", "typeof process.execve"], { encoding: "utf8" }).includes(
    "function",
  );
}

export const scenarios: readonly Scenario[] = WAYS.map(({ way, code, stderr }) => ({
  id: "G2",
  title: `a native call longer than the limit, ${way}`,
  times: 20,
  run: async () => {
    const program = new Program("lifetime/long-call", [String(NOISE_SECONDS), way]);
    await program.line(/in the call/);
    program.mark();
    return judge(await program.ended, {
      ...(hasExecve() ? { code } : { signal: "SIGKILL" }),
      withinMs: LIMIT_MS + 200,
      stderr,
    });
  },
}));
