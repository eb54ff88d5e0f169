import { expect, test } from "vitest";
import { Program } from "../helpers/run-program.ts";

async function treeOf(args: readonly string[], signal?: NodeJS.Signals): Promise<string> {
  const program = new Program("lifetime/cleanups", args, { env: { EARSHOT_TRACE: "tree" } });
  await program.line(/ready/);
  if (signal !== undefined) program.signal(signal);
  return (await program.ended).stderr;
}

const TIMES = String.raw` {2}\d+\.\d{3} s … \d+\.\d{3} s {2}`;

test("the tree says what was held from when to when, and how each thing ended", async () => {
  const tree = await treeOf(["wait", "throws"], "SIGTERM");
  expect(tree).toMatch(/(?:^|\n)cleanups\.js \(\d+\) lived \d\.\d{3} s and ended by SIGTERM\n/);
  expect(tree).toMatch(new RegExp(`\n└─ test${TIMES}failed to release`));
  expect(tree).toMatch(new RegExp(`\n   ├─ first${TIMES}released in \\d+\\.\\d ms\n`));
  expect(tree).toMatch(new RegExp(`\n   ├─ throws${TIMES}failed to release \\(\\d+\\.\\d ms\\)\n`));
  expect(tree).toMatch(/\nsignals and errors:\n {2}SIGTERM, \d+\.\d ms before the end\n/);
});

test("after process.exit the tree says which resources ran only their fallback", async () => {
  const tree = await treeOf(["exit"]);
  expect(tree).toMatch(/ended by exit code 5\n/);
  expect(tree).toMatch(new RegExp(`first${TIMES}released by its fallback\n`));
  expect(tree).toMatch(new RegExp(`keep alive${TIMES}held to the end\n`));
});
