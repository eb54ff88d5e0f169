// Reloads skills under load, far more often than the tests do, and prints what became of the commands, threads and
// memory.
//   npm run stress:reloads [-- TIMES]
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runReloads } from "../skills/run-reloads.ts";

const [times = "1000"] = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), "earshot-reloads-"));
try {
  const { ended, report } = await runReloads(folder, Number(times));
  const handled = readFileSync(path.join(folder, "handled.txt"), "utf8").trim().split("\n");
  const once = new Set(handled).size;
  console.log(`reloads            ${times} in ${(ended.tookMs / 1_000).toFixed(0)} s`);
  console.log(`commands sent      ${report.sent}`);
  console.log(`handled, once      ${handled.length}, ${once}`);
  console.log(`threads            ${report.threads.before} → ${report.threads.after}`);
  const { heap, resident } = report.growthMb;
  console.log(`objects            ${heap.toFixed(1)} MB more than after the tenth reload`);
  console.log(`resident memory    ${resident.toFixed(1)} MB more than after the tenth reload`);
  const isRight =
    handled.length === report.sent && once === report.sent && report.failed.length === 0;
  console.log(isRight ? "no command lost or handled twice" : "commands were lost or handled twice");
  process.exitCode = isRight ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
