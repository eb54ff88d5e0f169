import { cleanupRegistry } from "./cleanup-registry.ts";
import type { CleanupReport } from "./cleanup-report.ts";

/**
 * Lets everything in the process go, and goes on: the one call for the end of a script or of a test.
 * Failures are in the report. As a listener or a hook it may be given anything: other options are left out.
 * @param options.silent do not say on stderr what is being waited for. @default false
 */
export function cleanup({
  silent = false,
}: {
  readonly silent?: boolean;
} = {}): Promise<CleanupReport> {
  return cleanupRegistry.runAll("close", { silent });
}
