import type { CleanupOptions } from "./cleanup-entry.ts";
import { CLEANUP_PHASES } from "./cleanup-phases.ts";

/** @throws RangeError naming the option: what is registered wrongly would be missed only when it ought to run */
export function assertCleanupOptions({ phase }: CleanupOptions): void {
  if (phase !== undefined && !CLEANUP_PHASES.includes(phase)) {
    const phases = CLEANUP_PHASES.join(", ");
    throw new RangeError(`phase must be one of ${phases}, not ${JSON.stringify(phase)}`);
  }
}
