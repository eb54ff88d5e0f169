import path from "node:path";

/** The file that this process runs, for people: "earshot.js". */
export function programName(): string {
  return path.basename(process.argv[1] ?? process.title);
}
