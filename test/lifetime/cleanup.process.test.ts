import { expect, test } from "vitest";
import { runProgram } from "../helpers/run-program.ts";

const REPORT = "false: kitchen › oven done, kitchen › lamp failed; then open with 0\n";

test("cleanup() releases everything, prints what it waits for, reports failures, and goes on", async () => {
  const { code, stdout, stderr } = await runProgram("lifetime/cleans-up");
  expect({ code, stdout }).toEqual({ code: 0, stdout: REPORT });
  expect(stderr).toMatch(
    /^earshot: cleaning up…\nearshot: still waiting for "kitchen › oven" after 1\.\d s\n$/,
  );
});

test("cleanup({ silent: true }) prints nothing while it runs", async () => {
  const { code, stdout, stderr } = await runProgram("lifetime/cleans-up", ["silent"]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: REPORT, stderr: "" });
});
