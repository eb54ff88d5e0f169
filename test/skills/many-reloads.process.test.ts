import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runReloads } from "./run-reloads.ts";
import { skillFolder } from "./skills-program.ts";

/** `npm run stress:reloads` does many more. */
const TIMES = 40;

test("reloads under load: every command handled once, and nothing of old skills is left", async () => {
  const folder = skillFolder({});
  const { ended, report } = await runReloads(folder, TIMES);
  expect(ended).toMatchObject({ code: 0, stderr: "", survivors: [] });
  expect(report.failed).toEqual([]);
  const handled = readFileSync(path.join(folder, "handled.txt"), "utf8").trim().split("\n");
  expect(handled.toSorted(byNumber)).toEqual(
    Array.from({ length: report.sent }, (_, i) => `u${i + 1}`),
  );
  expect(report.threads.after).toBe(report.threads.before);
  expect(report.growthMb.heap).toBeLessThan(1);
  expect(report.growthMb.resident).toBeLessThan(25); // gaps of the allocator: it does not go on growing
  expect(report.counters).toMatchObject({ reloads: TIMES, failedReloads: 0, cleanupFailures: 0 });
  // One goodbye per generation: the first one and those of the reloads.
  const goodbyes = readFileSync(path.join(folder, "goodbyes.txt"), "utf8").trim().split("\n");
  expect(goodbyes).toHaveLength(TIMES + 1);
}, 180_000);

function byNumber(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}
