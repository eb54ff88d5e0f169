import { cleanupRegistry } from "../cleanup/cleanup-registry.ts";

/**
 * Runs every cleanup, writes out what stdout and stderr still hold, then exits with `code`, or with 1 instead of 0
 * when a cleanup failed. Never resolves. If the process is ending already, the first request decides how it ends.
 *
 * @param code the exit code, a whole number from 0 to 255
 * @throws RangeError when `code` is not an exit code
 */
export async function forceExit(code = 0): Promise<never> {
  if (!Number.isInteger(code) || code < 0 || code > 255) {
    throw new RangeError(`code must be a whole number from 0 to 255, not ${String(code)}`);
  }
  return await cleanupRegistry.endProcess("forceExit", { code });
}
