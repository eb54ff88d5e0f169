import { cleanupRegistry } from "./cleanup-registry.ts";
import type { CleanupReport } from "./cleanup-report.ts";

/**
 * Releases everything that the process holds, and lets the process go on. Call it at the end of a script or test.
 * Failures are in the report. It ignores unknown options, so that it can be passed as a listener or a hook.
 * @param options.silent true prints no progress on stderr. @default false
 */
export function cleanup({
  silent = false,
}: {
  readonly silent?: boolean;
} = {}): Promise<CleanupReport> {
  return cleanupRegistry.runAll("close", { silent });
}
