import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { FileSurvey } from "../../lifetime/resources/watched-files.ts";

/** Bounds the work of a survey of a folder that is not a folder of skills. */
const MAX_FILES = 2_000;

/** Looks at the files below a folder, by size, times and inode. Skips hidden files and node_modules. */
export async function surveyFolder(root: string): Promise<FileSurvey> {
  const files: string[] = [];
  const folders: string[] = [];
  const queue = [root];
  for (const folder of queue) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) continue; // it has just disappeared
    folders.push(folder);
    for (const { name } of entries) {
      if (name.startsWith(".") || name === "node_modules" || files.length >= MAX_FILES) continue;
      const file = path.join(folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found?.isDirectory() === true) queue.push(file);
      else if (found !== undefined) {
        files.push(`${file} ${found.size} ${found.mtimeMs} ${found.ctimeMs} ${found.ino}`);
      }
    }
  }
  return { fingerprint: files.toSorted().join("\n"), folders };
}
