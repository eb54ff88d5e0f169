import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Activity } from "../host/activity.ts";
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
  const typed = modules.find(({ file }) => /\.m?ts$/.test(file));
  try {
    if (typed !== undefined) await enableTypeScript(typed.file, folder);
  } catch (error) {
    return { error: toLoadError(error, folder, folder), file: typed?.file ?? folder };
  }
  hookResolution(folder);
  for (const { name, file } of modules) {
    try {
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
  const message = error instanceof Error ? firstLineOf(error) : String(error);
  return new EarshotError("SKILL_INVALID", message, { place, cause: error });
}

/** "ReferenceError: x is not defined"; messages of the module loader repeat the source over several lines. */
function firstLineOf({ name, message }: Error): string {
  const [line = ""] = message.split("\n");
  return ["Error", "EarshotError"].includes(name) || line.includes(name)
    ? line
    : `${name}: ${line}`;
}
