import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Owner } from "../owner.ts";

/**
 * Makes an empty directory, which is removed with its content when the owner closes. Resolves to its path.
 * @throws EarshotError CONTEXT_CLOSED
 */
export async function makeTempDir(owner: Owner, prefix = "earshot-"): Promise<string> {
  owner.assertOpen();
  const dir = await mkdtemp(path.join(tmpdir(), prefix));
  const remove = (): Promise<void> => rm(dir, { recursive: true, force: true, maxRetries: 3 });
  try {
    owner.defer(remove, {
      name: `temporary directory ${path.basename(dir)}`,
      phase: "files",
      sync: () => rmSync(dir, { recursive: true, force: true }),
      isSyncBounded: true,
      describe: () => ({ path: dir }),
    });
  } catch (error) {
    await remove(); // the owner has closed meanwhile
    throw error;
  }
  return dir;
}
