import { readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { EarshotError } from "../errors.ts";
import type { SkillModule } from "./protocol.ts";

const MODULE = /^(?<name>[^._].*?)\.m?[jt]s$/;
const COMMANDS = /^(?<name>[^._].*?)\.commands\.ya?ml$/;
const NO_SKILL = /\.(d|test|spec|config)\.m?[jt]s$/;

/**
 * The skills of a folder, by name: its JavaScript and TypeScript modules, its folders with an `index` module, and
 * its files `NAME.commands.yaml`.
 * Names that begin with "_" or "." are left out: helpers of skills.
 *
 * @throws EarshotError SKILL_INVALID when there is no such folder, or two modules are the same skill
 */
export function findSkills(folder: string): SkillModule[] {
  const modules = new Map<string, SkillModule>();
  for (const found of candidatesIn(folder)) {
    const other = modules.get(found.name);
    if (other !== undefined) {
      const files = [other, found].map(({ file }) => path.relative(folder, file)).join(" and ");
      throw new EarshotError("SKILL_INVALID", `${files} are the same skill: remove one of them`);
    }
    modules.set(found.name, found);
  }
  return [...modules.values()];
}

/** The folder by its real path, as the modules in it name themselves. @throws EarshotError SKILL_INVALID */
export function realSkillFolder(folder: string): string {
  try {
    if (statSync(folder).isDirectory()) return realpathSync(folder);
  } catch (cause) {
    throw noFolder(folder, cause);
  }
  throw noFolder(folder);
}

function noFolder(folder: string, cause?: unknown): EarshotError {
  const message = `there is no folder of skills ${folder}: make one with "earshot skills new NAME"`;
  return new EarshotError("SKILL_INVALID", message, { cause });
}

function candidatesIn(folder: string): SkillModule[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && isDirectory(file));
      if (!isFolder) return moduleOf(file, entry.name);
      return /^[._]|^node_modules$/.test(entry.name) ? [] : indexOf(file, entry.name);
    });
}

function isDirectory(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
}

function indexOf(folder: string, name: string): SkillModule[] {
  return readdirSync(folder)
    .filter((file) => MODULE.exec(file)?.groups?.["name"] === "index")
    .map((file) => ({ name, file: path.join(folder, file) }));
}

function moduleOf(file: string, base: string): SkillModule[] {
  const found = NO_SKILL.test(base) ? null : (MODULE.exec(base) ?? COMMANDS.exec(base));
  const name = found?.groups?.["name"];
  return name === undefined ? [] : [{ name, file }];
}
