import { kindOf } from "../../base/kind-of.ts";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import type { CleanupOptions } from "./cleanup-function.ts";
import { CLEANUP_PHASES } from "./cleanup-phases.ts";

const NAMES = {
  name: true,
  phase: true,
  timeoutMs: true,
  sync: true,
  isSyncBounded: true,
  gate: true,
  describe: true,
} satisfies OptionNames<CleanupOptions>;

/** @throws TypeError unless `cleanup` is a function */
export function assertCleanup(cleanup: unknown): void {
  if (typeof cleanup === "function") return;
  throw new TypeError(`cleanup must be a function, not ${kindOf(cleanup)}`);
}

/**
 * Checks options at the registration: otherwise a mistake would show only when the cleanup runs.
 * @throws TypeError, RangeError naming the option
 */
export function assertCleanupOptions(options: CleanupOptions): void {
  assertOptionNames("a cleanup", options, NAMES);
  const { phase, timeoutMs } = options;
  if (phase !== undefined) assertOneOf("phase", phase, CLEANUP_PHASES);
  if (timeoutMs !== undefined && !(typeof timeoutMs === "number" && timeoutMs >= 0)) {
    throw new RangeError(
      `timeoutMs must be a number of milliseconds ≥ 0, not ${String(timeoutMs)}`,
    );
  }
}
