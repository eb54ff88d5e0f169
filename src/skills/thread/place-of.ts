import path from "node:path";
import { fileURLToPath } from "node:url";

export type Place = { readonly file: string; readonly text: string };

const POSITION =
  /(file:\/\/\/[^\s()]+?|\/[^\s():]+|[A-Za-z]:\\[^\s():]+)(?:\?[^\s():]*)?:(\d+)(?::(\d+))?/g;

/**
 * Where in `folder` an error was made: "lights.js:12:5", relative to it. Undefined when its message and stack do
 * not say.
 */
export function placeOf(error: unknown, folder: string): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  for (const [, where = "", line, column] of `${error.stack}\n${error.message}`.matchAll(
    POSITION,
  )) {
    const file = toFile(where);
    if (file === undefined || !isInside(file, folder)) continue;
    const position = column === undefined ? line : `${line}:${column}`;
    return { file, text: `${path.relative(folder, file)}:${position}` };
  }
  return undefined;
}

function toFile(where: string): string | undefined {
  if (!where.startsWith("file:")) return where;
  try {
    return fileURLToPath(where.replace(/\?.*$/, ""));
  } catch {
    return undefined; // not the URL of a file
  }
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return !relative.startsWith("..") && !relative.split(path.sep).includes("node_modules");
}
