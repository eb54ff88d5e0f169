import { watch, type FSWatcher } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Scope } from "../../lifetime/scope.ts";

/** Files must have been still for so long: editors write in several steps. */
const STILL_MS = 100;
/** For file systems that tell nothing, and folders that went away and came back. */
const POLL_MS = 5_000;
const MOST_FILES = 2_000;

/**
 * What the files of a folder are like, by size and time: equal when nothing has changed. Hidden files and
 * node_modules do not count.
 */
export async function fingerprint(folder: string): Promise<string> {
  const { files } = await survey(folder);
  return files.join("\n");
}

/**
 * Calls back when the files of a folder have changed and are still again; until the scope closes.
 * @param seen the fingerprint that is known already
 */
export function watchFolder(
  scope: Scope,
  folder: string,
  seen: string,
  onChange: () => void,
): void {
  const watching = scope.use(new FolderWatch(folder, seen, onChange), { phase: "intake" });
  scope.interval(`poll ${folder}`, POLL_MS, () => watching.look(), { keepAlive: false });
  watching.lookSoon();
}

class FolderWatch implements Disposable {
  readonly #folder: string;
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #seen: string;
  #pending: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(folder: string, seen: string, onChange: () => void) {
    this.#folder = folder;
    this.#seen = seen;
    this.#onChange = onChange;
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  lookSoon(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), STILL_MS).unref();
  }

  async look(): Promise<void> {
    const { files, folders } = await survey(this.#folder);
    if (this.#isClosed) return;
    this.#watch(folders);
    const now = files.join("\n");
    if (now === this.#seen) {
      this.#pending = undefined;
    } else if (now === this.#pending) {
      this.#seen = now;
      this.#pending = undefined;
      this.#onChange();
    } else {
      this.#pending = now;
      this.lookSoon();
    }
  }

  #watch(folders: readonly string[]): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.includes(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#watchFolder(folder);
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.lookSoon());
      watcher.on("error", () => this.#forget(folder)); // polling goes on
      this.#watchers.set(folder, watcher);
    } catch {
      // It is gone again, or the system has no more watches: polling goes on.
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}

type Survey = { readonly files: readonly string[]; readonly folders: readonly string[] };

async function survey(root: string): Promise<Survey> {
  const files: string[] = [];
  const folders: string[] = [];
  const queue = [root];
  for (const folder of queue) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) continue; // it went away meanwhile
    folders.push(folder);
    for (const { name } of entries) {
      if (name.startsWith(".") || name === "node_modules" || files.length >= MOST_FILES) continue;
      const file = path.join(folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found?.isDirectory() === true) queue.push(file);
      else if (found !== undefined) {
        files.push(`${file} ${found.size} ${found.mtimeMs} ${found.ctimeMs} ${found.ino}`);
      }
    }
  }
  return { files: files.toSorted(), folders };
}
