import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** Ends a run with one plain line, `1475 passed, 0 failed, 1 skipped`, for whoever reads the output by program. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      let failed = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") counts.passed++;
        else if (state === "skipped") counts.skipped++;
        else failed++; // pending: the run was cut short
      }
      // A file that could not be loaded, or whose hooks failed, has no failed test to count.
      counts.failed += module.state() === "failed" ? Math.max(failed, 1) : failed;
    }
    const { passed, failed, skipped } = counts;
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}
