import path from "node:path";

/** Of this process, for people: the file that it runs, such as "earshot.js". */
export function programName(): string {
  return path.basename(process.argv[1] ?? process.title);
}
