import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Program } from "../../helpers/run-program.ts";
import { judge, type Expected, type Scenario } from "./scenario.ts";

const MEGABYTE = 2 ** 20;
const WAYS: Record<string, Expected> = {
  forceExit: { code: 0 },
  dispose: { code: 0 },
  SIGTERM: { signal: "SIGTERM" },
};

/** A graceful end writes everything out first. */
export const scenarios: readonly Scenario[] = Object.entries(WAYS).map(([way, expected]) => ({
  id: "G14",
  title: `1 MB to a pipe and to a file, ${way}`,
  times: 20,
  run: async () => {
    const dir = mkdtempSync(path.join(tmpdir(), "earshot-test-"));
    const file = path.join(dir, "transcript.txt");
    try {
      const program = new Program("lifetime/much-output", [way, file]);
      const ended = await program.ended;
      const tookMs = judge({ ...ended, stdout: "" }, expected);
      assert.equal(ended.stdout.length, MEGABYTE, "bytes through the pipe");
      assert.equal(statSync(file).size, MEGABYTE, "bytes in the file");
      return tookMs;
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
}));
