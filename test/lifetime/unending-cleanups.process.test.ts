import { expect, test } from "vitest";
import { runProgram } from "../helpers/run-program.ts";

test("a process that drains while a cleanup waits for ever falls back, reports it and ends with 1", async () => {
  const { code, stdout, stderr } = await runProgram("lifetime/drained");
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "fallback\n",
    stderr: 'earshot: nothing is left that could end the cleanup of "off"\n',
  });
});
