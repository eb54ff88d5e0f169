import { expect, test } from "vitest";
import { runProgram } from "../helpers/run-program.ts";

const options = { nodeArgs: ["--expose-gc", "--no-warnings"] };

test("a scope that is garbage-collected while open causes one warning, which lists its resources", async () => {
  const { stdout, code } = await runProgram("lifetime/forgotten", [], options);
  expect(stdout).toBe(
    'EarshotWarning: The scope "forgotten" was never closed and nobody can close it any more; ' +
      'it holds "timer beep", "child"\ndone\n',
  );
  expect(code).toBe(0);
});

test("with EARSHOT_DEBUG the warning says where the scope was opened", async () => {
  const env = { EARSHOT_DEBUG: "1" };
  const { stdout } = await runProgram("lifetime/forgotten", [], { ...options, env });
  expect(stdout).toMatch(/, opened at forget \(.*forgotten\.js:\d+:\d+\)\n/);
});

test("a closed scope is garbage-collected, and so is a worker in it", async () => {
  expect((await runProgram("lifetime/collected", [], options)).stdout).toBe("kept: nothing\n");
});
