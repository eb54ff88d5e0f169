import { expect, test } from "vitest";
import path from "node:path";
import { Program } from "../helpers/run-program.ts";

test("an end that takes long says what is waited for, and what was given up", async () => {
  const program = new Program("lifetime/cleanups", ["wait", "never", "slow"]);
  await program.line(/ready/);
  program.signal("SIGTERM");
  const { stderr } = await program.ended;
  expect(stderr).toMatch(/^earshot: cleaning up…\n/);
  expect(stderr).toMatch(/\nearshot: gave up on "test › never" after 0\.\d s\n/);
  expect(stderr).toMatch(/\nearshot: still waiting for "test › \w+" after 1\.\d s\n/);
});

test("an end that is quick says nothing", async () => {
  const program = new Program("lifetime/other-users");
  await program.line(/ready/);
  program.signal("SIGINT");
  expect((await program.ended).stderr).toBe("");
});

test("a child that had to be killed is named", async () => {
  const script = path.resolve(import.meta.dirname, "../fixtures/lifetime/recorder.sh");
  const program = new Program("lifetime/recording", ["stubborn"], {
    env: { EARSHOT_TEST_RECORDER: script },
  });
  await program.line(/recorder/);
  program.signal("SIGINT");
  expect((await program.ended).stderr).toMatch(
    /"recorder" \(\d+\) did not end within 500 ms: killed\n/,
  );
});
