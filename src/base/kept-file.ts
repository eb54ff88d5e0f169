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

/** Of a kind; older ones are removed. */
const MOST_KEPT = 16;

/**
 * A value that takes long to make, kept in `folder` as `key` + `suffix`. A folder that cannot be read or written is
 * as good as an empty one.
 */
export class KeptFile<T extends object> {
  readonly #file: string;
  readonly #key: string;
  readonly #suffix: string;

  /** `key`: hexadecimal; another one whenever what the value is made from, or its shape, is another. */
  constructor(folder: string, key: string, suffix: string) {
    this.#file = path.join(folder, key + suffix);
    this.#key = key;
    this.#suffix = suffix;
  }

  /** Undefined when it is not there, or broken. */
  read(): T | undefined {
    try {
      const kept: unknown = deserialize(readFileSync(this.#file));
      return this.#isKept(kept) ? kept.value : undefined;
    } catch {
      return undefined; // it is made anew
    }
  }

  write(value: T): void {
    const folder = path.dirname(this.#file);
    const unfinished = `${this.#file}.${randomUUID()}`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(unfinished, serialize({ key: this.#key, value }), { mode: 0o600 });
      renameSync(unfinished, this.#file);
      this.#prune(folder);
    } catch {
      // A full disk or a read-only home: the next start takes longer, no more.
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
    for (const { file } of files.slice(MOST_KEPT)) rmSync(file, { force: true });
  }
}
