import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Scope } from "../lifetime/scope.ts";
import { EarshotError } from "../errors.ts";

const INSTALLED = ".installed";

/**
 * What skills keep: one JSON file each, replaced as a whole, so that it is never half written. A failing disk
 * loses nothing while the program runs: the values stay here, and are written with the next change.
 */
export class StateStore {
  readonly #folder: string;
  readonly #onError: (error: EarshotError) => void;
  readonly #values = new Map<string, string>();
  readonly #unsaved = new Set<string>();
  /** Their failure has been told. */
  readonly #failing = new Set<string>();
  #writing: Promise<void> | undefined;

  /** Reads what there is. `onError` gets STATE_FAILED for what could not be read or written. */
  constructor(scope: Scope, folder: string, onError: (error: EarshotError) => void) {
    this.#folder = folder;
    this.#onError = onError;
    this.#readAll();
    scope.defer(() => this.flush(), {
      name: "state of skills",
      phase: "files",
      sync: () => this.flushSync(),
      isSyncBounded: true,
    });
  }

  /** JSON of each skill's state. */
  get all(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#values].filter(([name]) => name !== INSTALLED));
  }

  /** The skills whose `onInstall` has run. */
  get installed(): readonly string[] {
    return JSON.parse(this.#values.get(INSTALLED) ?? "[]");
  }

  setInstalled(names: readonly string[]): void {
    const json = JSON.stringify(names);
    if (json !== (this.#values.get(INSTALLED) ?? "[]")) this.put(INSTALLED, json);
  }

  /** Saved soon, and at the latest when the scope closes. */
  put(name: string, json: string): void {
    if (this.#values.get(name) === json) return;
    this.#values.set(name, json);
    this.#unsaved.add(name);
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  /** Resolves when everything is saved, or could not be. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#unsaved.size > 0) await this.#writeAll();
  }

  flushSync(): void {
    for (const name of this.#unsaved) {
      mkdirSync(this.#folder, { recursive: true });
      const file = this.#fileOf(name);
      writeFileSync(`${file}.exit`, this.#values.get(name) ?? "{}");
      renameSync(`${file}.exit`, file);
    }
    this.#unsaved.clear();
  }

  async #writeAll(): Promise<void> {
    await Promise.resolve(); // changes of one turn are written once
    const failed = new Set<string>();
    for (let name = first(this.#unsaved); name !== undefined; name = first(this.#unsaved)) {
      this.#unsaved.delete(name);
      const file = this.#fileOf(name);
      try {
        await mkdir(this.#folder, { recursive: true });
        await writeFile(`${file}.new`, this.#values.get(name) ?? "{}", { flush: true });
        await rename(`${file}.new`, file);
        this.#failing.delete(name);
      } catch (error) {
        failed.add(name);
        if (this.#failing.has(name)) continue;
        this.#failing.add(name);
        this.#onError(stateError(file, "could not be saved; it is kept in memory", error));
      }
    }
    for (const name of failed) this.#unsaved.add(name); // with the next change, or at the end
  }

  #readAll(): void {
    for (const base of filesIn(this.#folder)) {
      if (!base.endsWith(".json")) continue;
      const file = path.join(this.#folder, base);
      try {
        const json = readFileSync(file, "utf8");
        const name = base.slice(0, -".json".length);
        assertContainer(JSON.parse(json), name === INSTALLED);
        this.#values.set(name, json);
      } catch (error) {
        this.#setAside(file, error);
      }
    }
  }

  /** Renames a file that cannot be read, so that a person can look at it. */
  #setAside(file: string, error: unknown): void {
    try {
      renameSync(file, `${file}.broken`);
      this.#onError(
        stateError(file, `could not be read; it is now ${path.basename(file)}.broken`, error),
      );
    } catch {
      this.#onError(stateError(file, "could not be read; the skill starts with nothing", error));
    }
  }

  #fileOf(name: string): string {
    return path.join(this.#folder, `${name}.json`);
  }
}

function stateError(file: string, what: string, cause: unknown): EarshotError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new EarshotError("STATE_FAILED", `${file} ${what}: ${why}`, { cause });
}

function assertContainer(value: unknown, isList: boolean): void {
  const isRight = typeof value === "object" && value !== null && Array.isArray(value) === isList;
  if (!isRight) throw new TypeError(`it is not ${isList ? "a list" : "an object"}`);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nothing has been kept yet
  }
}

function first<T>(values: ReadonlySet<T>): T | undefined {
  const [value] = values;
  return value;
}

/**
 * What the skills that take over start with: the latest values, and of what they changed while they loaded those
 * that nobody else has changed meanwhile.
 */
export function mergeStates(
  atLoad: Readonly<Record<string, string>>,
  loaded: Readonly<Record<string, string>>,
  latest: Readonly<Record<string, string>>,
): Record<string, string> {
  const merged: Record<string, string> = { ...latest };
  for (const [skill, json] of Object.entries(loaded)) {
    const before = parse(atLoad[skill]);
    const now = parse(latest[skill]);
    for (const [key, value] of Object.entries(parse(json))) {
      if (JSON.stringify(now[key]) === JSON.stringify(before[key])) now[key] = value;
    }
    merged[skill] = JSON.stringify(now);
  }
  return merged;
}

function parse(json: string | undefined): Record<string, unknown> {
  return json === undefined ? {} : JSON.parse(json);
}
