import path from "node:path";
import { fileURLToPath } from "node:url";

/** Specifier by which the modules of a skill import the API. */
export const API_SPECIFIER = "earshot/skills";

/**
 * The URL that `earshot/skills` stands for in the module `parentUrl`: each skill has an instance of its own, which
 * by its URL knows whose it is.
 */
export function apiUrlFor(apiUrl: string, folder: string, parentUrl: string | undefined): string {
  return `${apiUrl}?skill=${encodeURIComponent(skillOf(folder, parentUrl))}`;
}

/**
 * Modules of skills are ES modules, whatever a package.json near them says; undefined for all others.
 * @param stripsTypes Node runs TypeScript by itself
 */
export function formatFor(url: string, folder: string, stripsTypes: boolean): string | undefined {
  const { pathname, protocol } = new URL(url);
  const [, type] = /\.m?([jt])s$/.exec(pathname) ?? [];
  if (protocol !== "file:" || type === undefined) return undefined;
  const relative = path.relative(folder, fileURLToPath(url.replace(/\?.*$/, "")));
  if (relative.startsWith("..") || relative.split(path.sep).includes("node_modules"))
    return undefined;
  return type === "t" && stripsTypes ? "module-typescript" : "module";
}

/** The skill to which a module belongs: the first part of its path in the folder. */
function skillOf(folder: string, moduleUrl: string | undefined): string {
  if (moduleUrl === undefined || !moduleUrl.startsWith("file:")) return "unknown";
  const file = fileURLToPath(moduleUrl.replace(/\?.*$/, ""));
  const relative = path.relative(folder, file);
  const first = relative.startsWith("..") ? path.basename(file) : relative.split(path.sep)[0];
  return (first ?? relative).replace(/\.[cm]?[jt]s$/, "");
}

/** The skill whose instance of `earshot/skills` has this URL. */
export function skillOfApi(apiUrl: string): string | undefined {
  return new URL(apiUrl).searchParams.get("skill") ?? undefined;
}
