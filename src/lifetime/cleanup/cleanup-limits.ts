import { assertOptionNames } from "../../base/option-names.ts";

export type CleanupLimits = {
  /** Longest time for one cleanup, in ms. @default 5000 */
  readonly entryMs: number;
  /** Longest time for all cleanups together, in ms. @default 10000 */
  readonly totalMs: number;
};

export const CLEANUP_LIMITS = { entryMs: 5_000, totalMs: 10_000 } as const satisfies CleanupLimits;

/** @throws TypeError, RangeError naming the option */
export function cleanupLimits(
  options: Partial<CleanupLimits> = {},
  defaults: CleanupLimits = CLEANUP_LIMITS,
): CleanupLimits {
  assertOptionNames("limits", options, CLEANUP_LIMITS);
  const limits = { ...defaults, ...options };
  for (const key of ["entryMs", "totalMs"] as const) {
    const value = limits[key];
    if (typeof value !== "number" || !(value >= 0)) {
      throw new RangeError(`${key} must be a number of milliseconds ≥ 0, not ${String(value)}`);
    }
  }
  return limits;
}
