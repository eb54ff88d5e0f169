import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StrangerProject, type VitestRun } from "./stranger-project.ts";

const INSTALL_LIMIT_MS = 180_000;
const RUN_LIMIT_MS = 120_000;
const POOLS = ["forks", "threads"] as const;

let project: StrangerProject;
beforeAll(() => {
  project = new StrangerProject();
}, INSTALL_LIMIT_MS);
afterAll(() => project[Symbol.dispose]());

/** The leak that the runner must print for the test of each name. */
const LEAKS: Record<string, RegExp> = {
  "a context that listens to signals":
    /scope "voice context" holding .*signal handlers(.|\n)*worker thread/,
  "a scope": /scope "kitchen" holding lamp \[timer blink\]\n +acquired at leaks\.case\.js:\d+/,
  "a cleanup": /cleanup "lamp off"\n +acquired at leaks/,
  "a worker thread": /worker thread .*\n +acquired at leaks/,
  "a child process": /child process sleep 300 \(pid \d+\)\n +acquired at leaks/,
  "a listener": /listener on process SIGUSR2 \(reload\)\n +acquired at leaks/,
  "a server and a connection":
    /server listening on 127\.0\.0\.1:\d+\n +acquired at leaks(.|\n)*socket connected to 127/,
  "a UDP socket": /socket UDP\n +acquired at leaks/,
  "a timer": /timer interval\n +acquired at leaks/,
  "a temporary folder": /temporary file recordings-/,
  "a watcher": /file watcher fs\.watch\n +acquired at leaks/,
};

describe.each(POOLS)("in pool %s of a stranger's project", (pool) => {
  test("each kind of leak is named with its place and released", {
    timeout: RUN_LIMIT_MS,
  }, async () => {
    const run = await project.vitest("leaks", ["--pool", pool]);
    expect(run.output).toContain(`${Object.keys(LEAKS).length} failed | 2 passed`);
    for (const [name, pattern] of Object.entries(LEAKS)) {
      expect(blameOf(run, name)).toMatch(pattern);
    }
    expect(run.output).not.toContain("could not be released");
    expect(run).toMatchObject({ code: 1, survivors: [] });
  });

  test("tests that release everything pass", { timeout: RUN_LIMIT_MS }, async () => {
    const run = await project.vitest("clean", ["--pool", pool]);
    expect(run.output).toContain("4 passed");
    expect(run).toMatchObject({ code: 0, survivors: [] });
  });

  test("a context that is busy at the end does not break the run", {
    timeout: RUN_LIMIT_MS,
  }, async () => {
    const run = await project.vitest("busy", ["--pool", pool]);
    expect(blameOf(run, "forgets a busy context")).toMatch(/scope "voice context"(.|\n)*worker/);
    expect(run.output).toContain("Test timed out in 5000ms");
    expect(run.output).not.toMatch(/could not be released|Left behind by "never ends"/);
    expect(run).toMatchObject({ code: 1, survivors: [] });
  });

  test("memory that grows with each run gives a warning", { timeout: RUN_LIMIT_MS }, async () => {
    const run = await project.vitest("growth", ["--pool", pool]);
    expect(run.output).toMatch(/memory grew by [34]\.\d MB with each of 13 runs of "keeps 4 MB/);
    expect(run.code).toBe(0);
  });
});

test("threads that native code leaves behind are counted", { timeout: RUN_LIMIT_MS }, async () => {
  const run = await project.vitest("native", ["--pool", "forks"]);
  expect(blameOf(run, "a native session")).toMatch(/thread of the operating system 2 more/);
  expect(run.code).toBe(1);
});

function blameOf({ output }: VitestRun, name: string): string {
  return new RegExp(`Left behind by "${name}":\\n((?: {2}.*\\n)+)`).exec(output)?.[1] ?? output;
}
