import path from "node:path";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Expected, type Scenario } from "./scenario.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const VITEST = path.join(ROOT, "node_modules/vitest/vitest.mjs");
const CASES = path.join(ROOT, "test/fixtures/vitest");

const FILES: Record<string, Expected> = {
  busy: {
    code: 1,
    stderr: [/Left behind(.|\n)*"voice context"(.|\n)*"forgotten scope"(.|\n)*sleep/],
  },
  clean: { code: 0, stdout: [/Tests {2}1 passed/] },
  late: { code: 1, stdout: [/Tests {2}1 failed/], stderr: [/Test timed out/] },
};

/** A test file that uses the helper ends normally, whatever its tests have left running. */
export const scenarios: readonly Scenario[] = ["forks", "threads"].flatMap((pool) =>
  Object.entries(FILES).map(([file, expected]) => ({
    id: "G16",
    title: `vitest, pool ${pool}, ${file} file`,
    times: 20,
    isInEveryTest: file === "busy",
    run: async () => {
      const args = ["run", "--root", CASES, "--pool", pool, file];
      const env = { NO_COLOR: "1", VITEST: undefined, VITEST_POOL_ID: undefined };
      const program = new Program("vitest", args, { script: VITEST, env, limitMs: 90_000 });
      return judge(await program.ended, { ...expected, withinMs: 60_000 });
    },
  })),
);
