import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { EarshotError } from "../../errors.ts";

export type FoundFile = {
  readonly path: string;
  /** Whether the user named this file itself, not a folder that holds it. */
  readonly named: boolean;
};

/** The YAML files among and below the given files and folders, each once, folders in alphabetical order. */
export function findFiles(paths: readonly string[]): FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (const given of paths)
    for (const file of filesOf(given)) found.set(path.resolve(file.path), file);
  return [...found.values()];
}

function filesOf(given: string): FoundFile[] {
  if (!isFolder(given)) return [{ path: given, named: true }];
  const names = readdirSync(given, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/i.test(name) && !/(^|[\\/])\./.test(name))
    .toSorted();
  if (names.length === 0) fail(given, "no .yaml file in this folder");
  return names.map((name) => ({ path: path.join(given, name), named: false }));
}

function isFolder(given: string): boolean {
  try {
    return statSync(given).isDirectory();
  } catch (cause) {
    return fail(given, "no such file or folder, or it cannot be read", cause);
  }
}

function fail(given: string, message: string, cause?: unknown): never {
  throw new EarshotError("TEMPLATES_INVALID", `${given}: ${message}`, { place: given, cause });
}
