import { cleanupRegistry } from "./cleanup-registry.ts";
import { leaveProcess } from "./leave-process.ts";

/** Runs every cleanup, then leaves the process with `code` (1 instead of 0 when a cleanup failed). */
export async function forceExit(code = 0): Promise<never> {
  const { ok } = await cleanupRegistry.runAll("forceExit");
  return leaveProcess({ code: code === 0 && !ok ? 1 : code });
}
