import { expect, test } from "vitest";
import path from "node:path";
import { Program } from "../helpers/run-program.ts";

test("a slow shutdown prints what it waits for and what it gave up on", async () => {
  const program = new Program("lifetime/cleanups", ["wait", "never", "slow"]);
  await program.line(/ready/);
  program.signal("SIGTERM");
  const { stderr } = await program.ended;
  expect(stderr).toMatch(/^earshot: cleaning up…\n/);
  expect(stderr).toMatch(/\nearshot: gave up on "test › never" after 0\.\d s\n/);
  expect(stderr).toMatch(/\nearshot: still waiting for "test › \w+" after 1\.\d s\n/);
});

test("a quick shutdown prints nothing", async () => {
  const program = new Program("lifetime/other-users");
  await program.line(/ready/);
  program.signal("SIGINT");
  expect((await program.ended).stderr).toBe("");
});

test("a child that had to be killed is named on stderr", async () => {
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
