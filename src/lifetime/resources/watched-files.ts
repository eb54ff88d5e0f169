import { watch, type FSWatcher } from "node:fs";

/** Files must have been unchanged for this long, because editors write in several steps. */
const STILL_MS = 100;
/** Interval of the checks for file systems without notifications, and for folders that come back. */
const POLL_MS = 5_000;

/** The state of the watched files at one moment. */
export type FileSurvey = {
  /** Folders to get notifications for. Editors replace files, so folders are watched and not files. */
  readonly folders: readonly string[];
  /** Equal as long as no file has changed. */
  readonly fingerprint: string;
};

export type WatchedFilesOptions = {
  /** Looks at the files. They may differ from call to call. */
  readonly survey: () => FileSurvey | Promise<FileSurvey>;
  /** Fingerprint of the state that the caller has seen; any other counts as a change. */
  readonly seen: string;
  /** Called once when files have changed and are still again. */
  readonly onChange: () => void;
};

/**
 * Watches files until it is disposed. It notices edits, replaced files, and folders that disappear and return; it does
 * not keep the process alive.
 *
 * ```ts
 * using watched = new WatchedFiles({ survey, seen: (await survey()).fingerprint, onChange: reload });
 * ```
 */
export class WatchedFiles implements Disposable {
  readonly #options: WatchedFilesOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: NodeJS.Timeout;
  #seen: string;
  #pending: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: WatchedFilesOptions) {
    this.#options = options;
    this.#seen = options.seen;
    this.#poll = setInterval(() => void this.#look(), POLL_MS).unref();
    this.#lookSoon();
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#timer);
    for (const folder of this.#watchers.keys()) this.#forget(folder);
  }

  #lookSoon(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), STILL_MS).unref();
  }

  async #look(): Promise<void> {
    const { folders, fingerprint } = await this.#options.survey();
    if (this.#isClosed) return;
    this.#watchFolders(folders);
    if (fingerprint === this.#seen) {
      this.#pending = undefined;
    } else if (fingerprint === this.#pending) {
      this.#seen = fingerprint;
      this.#pending = undefined;
      this.#options.onChange();
    } else {
      this.#pending = fingerprint;
      this.#lookSoon();
    }
  }

  #watchFolders(folders: readonly string[]): void {
    for (const folder of this.#watchers.keys()) {
      if (!folders.includes(folder)) this.#forget(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#watchFolder(folder);
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#lookSoon());
      watcher.on("error", () => this.#forget(folder)); // polling continues
      this.#watchers.set(folder, watcher);
    } catch {
      // The folder is gone, or the system has no watches left: polling continues.
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
