import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Where `EARSHOT_TRACE` sends the trace. */
export type TraceTarget =
  | { readonly kind: "tree" }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "invalid"; readonly problem: string };

const VARIABLE = "EARSHOT_TRACE";

/** Reads `EARSHOT_TRACE`. Undefined when it is absent or empty. "%p" in a file name stands for the process id. */
export function traceTarget(environment: NodeJS.ProcessEnv = process.env): TraceTarget | undefined {
  const value = environment[VARIABLE] ?? "";
  if (value === "") return undefined;
  if (value === "tree") return { kind: "tree" };
  if (value.endsWith(".json")) {
    const file = path.resolve(value.replaceAll("%p", String(process.pid)));
    const problem = problemOf(path.dirname(file));
    return problem === undefined ? { kind: "file", file } : { kind: "invalid", problem };
  }
  const problem = `${VARIABLE} must be "tree" or the name of a file that ends in .json, not "${value}"`;
  return { kind: "invalid", problem };
}

function problemOf(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch {
    return `${VARIABLE} names a file in ${folder}, where nothing can be written: choose another folder`;
  }
}
