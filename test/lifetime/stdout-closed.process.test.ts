import { expect, test } from "vitest";
import { Program } from "../helpers/run-program.ts";

test("when the reader of stdout ends, the process cleans up and ends without a failure", async () => {
  const program = new Program("lifetime/chatty");
  await program.line(/talking/);
  program.closeStdout();
  const { code, stderr, survivors } = await program.ended;
  expect({ code, stderr, survivors }).toEqual({
    code: 0,
    stderr: "cleaned up: stdoutClosed\n",
    survivors: [],
  });
});
