import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Activity } from "../activity.ts";
import { EarshotError } from "../../errors.ts";
import type { SkillModule } from "../protocol.ts";
import { enableTypeScript, hookResolution } from "./module-hooks.ts";
import { placeOf } from "./place-of.ts";

export type LoadFailure = { readonly error: EarshotError; readonly file: string };

/**
 * Runs the modules, in order. The failure of the first one that cannot be loaded, or undefined.
 * @param loadCommands for the files of commands, which are no code
 */
export async function loadModules(
  modules: readonly SkillModule[],
  folder: string,
  activity: Activity,
  loadCommands: (name: string) => void,
): Promise<LoadFailure | undefined> {
  hookResolution(folder);
  for (const { name, file } of modules) {
    try {
      if (/\.m?ts$/.test(file)) await enableTypeScript(file, folder);
      activity.note(name, "its top level");
      if (/\.ya?ml$/.test(file)) loadCommands(name);
      else await import(pathToFileURL(file).href);
    } catch (error) {
      return { error: toLoadError(error, file, folder), file };
    } finally {
      activity.clear();
    }
  }
  return undefined;
}

function toLoadError(error: unknown, file: string, folder: string): EarshotError {
  if (error instanceof EarshotError && error.place !== undefined) return error;
  const place = placeOf(error, folder)?.text ?? path.relative(folder, file);
  const message = error instanceof Error ? adviceFor(error, file) : String(error);
  return new EarshotError("SKILL_INVALID", message, { place, cause: error });
}

/** A package.json with "type": "commonjs", as `npm init` writes it, makes modules of another kind of .js files. */
function adviceFor(error: Error, file: string): string {
  const isTakenForCommonJs = /outside a module|Cannot require\(\) ES Module/.test(error.message);
  if (!isTakenForCommonJs) return firstLineOf(error);
  const better = path.basename(file).replace(/\.([jt])s$/, ".m$1s");
  return `it is taken for CommonJS, because of the nearest package.json: rename it to ${better}`;
}

/** "ReferenceError: x is not defined"; messages of the module loader repeat the source over several lines. */
function firstLineOf({ name, message }: Error): string {
  const [line = ""] = message.split("\n");
  return ["Error", "EarshotError"].includes(name) || line.includes(name)
    ? line
    : `${name}: ${line}`;
}
