import { assertOptionNames } from "../../base/option-names.ts";

/** How long cleanups may take. */
export type CleanupLimits = {
  /** The limit of one cleanup, in ms. @default 5000 */
  readonly entryMs: number;
  /** The limit of all cleanups together, in ms. @default 10000 */
  readonly totalMs: number;
};

export const CLEANUP_LIMITS = { entryMs: 5_000, totalMs: 10_000 } as const satisfies CleanupLimits;

/**
 * Merges `options` with `defaults`.
 * @throws TypeError for an unknown option; RangeError for a limit that is no number of ms ≥ 0
 */
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
