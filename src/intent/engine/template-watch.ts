import { type FSWatcher, statSync, watch } from "node:fs";
import path from "node:path";
import { listTemplateFiles } from "../../grammar/templates/load-templates.ts";

/** Files must have been still for so long: editors write in several steps. */
const STILL_MS = 100;
/** For file systems that tell nothing. */
const POLL_MS = 5_000;

export type TemplateSources = {
  readonly intents: readonly string[];
  readonly lists?: readonly string[];
};

/** Calls back when files of templates or lists have changed and are still again, until it is disposed of. */
export class TemplateWatch implements Disposable {
  readonly #sources: () => TemplateSources;
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: NodeJS.Timeout;
  #still: NodeJS.Timeout | undefined;
  #seen: string;
  #pending: string | undefined;

  /** @param sources files and folders, which may be others from one call to the next */
  constructor(sources: () => TemplateSources, onChange: () => void) {
    this.#sources = sources;
    this.#onChange = onChange;
    this.#seen = this.#fingerprint();
    this.#poll = setInterval(() => this.#look(), POLL_MS).unref();
    this.#watchFolders();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#poll);
    clearTimeout(this.#still);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #lookSoon(): void {
    clearTimeout(this.#still);
    this.#still = setTimeout(() => this.#look(), STILL_MS).unref();
  }

  #look(): void {
    const now = this.#fingerprint();
    if (now === this.#seen) {
      this.#pending = undefined;
    } else if (now === this.#pending) {
      this.#seen = now;
      this.#pending = undefined;
      this.#watchFolders();
      this.#onChange();
    } else {
      this.#pending = now;
      this.#lookSoon();
    }
  }

  /** Folders rather than files: editors put a new file in the place of the old one. */
  #watchFolders(): void {
    const folders = new Set(this.#files().map((file) => path.dirname(path.resolve(file))));
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) {
      if (this.#watchers.has(folder)) continue;
      const watcher = watchFolder(folder, () => this.#lookSoon());
      if (watcher === undefined) continue;
      // A folder that went away: polling finds out when it is there again.
      watcher.on("error", () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      this.#watchers.set(folder, watcher);
    }
  }

  /** Equal when nothing has changed. */
  #fingerprint(): string {
    return this.#files()
      .map((file) => {
        const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
        return `${file} ${mtimeMs} ${size}`;
      })
      .join("\n");
  }

  /** None while a folder is missing or empty, which the reload will say. */
  #files(): string[] {
    try {
      const { intents, lists = [] } = this.#sources();
      return listTemplateFiles(intents, lists);
    } catch {
      return [];
    }
  }
}

/** Undefined where the system tells nothing, or has no more of such watches: polling finds changes, too. */
function watchFolder(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, onChange);
  } catch {
    return undefined;
  }
}
