import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Scope } from "../lifetime/scope.ts";
import { EarshotError } from "../errors.ts";

const LINE = /^(?<file>.+?):(?<line>\d+)\n/;

/**
 * The same error with the line of the mistake: the module loader does not tell where a syntax error is, and it
 * may be in a module that the skill imports. Node checks the files one by one.
 */
export async function withSyntaxPlace(
  scope: Scope,
  folder: string,
  error: unknown,
  file: string | undefined,
): Promise<unknown> {
  if (!(error instanceof EarshotError) || file === undefined) return error;
  if (!(error.cause instanceof Error) || error.cause.name !== "SyntaxError") return error;
  if (error.place?.includes(":") === true) return error;
  for (const candidate of [file, ...scriptsIn(folder)]) {
    const place = await placeOfMistake(scope, folder, candidate);
    if (place === undefined) continue;
    return new EarshotError(error.code, error.message, { cause: error.cause, place });
  }
  return error;
}

async function placeOfMistake(
  scope: Scope,
  folder: string,
  file: string,
): Promise<string | undefined> {
  const check = await scope.spawn(process.execPath, ["--check", file], { name: "node --check" });
  await once(check.process, "close"); // and not before all of its output is there
  if (check.process.exitCode === 0) return undefined;
  const { file: where = "", line } = LINE.exec(check.outputTail)?.groups ?? {};
  if (line === undefined) return undefined;
  return `${path.relative(folder, where.replace(/^file:\/\//, ""))}:${line}`;
}

function scriptsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.m?js$/.test(name) && !name.split(path.sep).includes("node_modules"))
    .slice(0, 100)
    .map((name) => path.join(folder, name));
}
