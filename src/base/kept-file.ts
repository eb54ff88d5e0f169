import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";

/** Bounds the space on disk per suffix; the oldest files beyond it are removed. */
const MAX_FILES = 16;

/**
 * Caches a value that is expensive to compute in the file `key` + `suffix` of `folder`. A folder that cannot be read or
 * written counts as empty.
 */
export class KeptFile<T extends object> {
  readonly #file: string;
  readonly #key: string;
  readonly #suffix: string;

  /** @param key a hexadecimal hash of all that determines the value and its shape */
  constructor(folder: string, key: string, suffix: string) {
    this.#file = path.join(folder, key + suffix);
    this.#key = key;
    this.#suffix = suffix;
  }

  /** The cached value; undefined if there is none or it is damaged. */
  read(): T | undefined {
    try {
      const kept: unknown = deserialize(readFileSync(this.#file));
      return this.#isKept(kept) ? kept.value : undefined;
    } catch {
      return undefined; // the caller computes the value
    }
  }

  /** Caches the value and removes the oldest files. Never throws. */
  write(value: T): void {
    const folder = path.dirname(this.#file);
    const unfinished = `${this.#file}.${randomUUID()}`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(unfinished, serialize({ key: this.#key, value }), { mode: 0o600 });
      renameSync(unfinished, this.#file);
      this.#prune(folder);
    } catch {
      // A full disk or a read-only home only makes the next start slower.
      if (existsSync(unfinished)) rmSync(unfinished, { force: true });
    }
  }

  #isKept(kept: unknown): kept is { readonly value: T } {
    return (
      typeof kept === "object" &&
      kept !== null &&
      "value" in kept &&
      "key" in kept &&
      kept.key === this.#key
    );
  }

  #prune(folder: string): void {
    const files = readdirSync(folder)
      .filter((name) => name.includes(this.#suffix))
      .map((name) => path.join(folder, name))
      .map((file) => ({ file, changedMs: statSync(file).mtimeMs }))
      .toSorted((a, b) => b.changedMs - a.changedMs);
    for (const { file } of files.slice(MAX_FILES)) rmSync(file, { force: true });
  }
}
