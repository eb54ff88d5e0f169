import { renameSync, writeFileSync } from "node:fs";
import type { ChromeTrace } from "./chrome-events.ts";

/** Writes the file atomically and synchronously. @throws the error of the file system */
export function writeTraceFile(file: string, { traceEvents, ...rest }: ChromeTrace): void {
  const lines = traceEvents.map((event) => JSON.stringify(event)).join(",\n");
  const head = JSON.stringify(rest).slice(0, -1);
  const draft = `${file}.${process.pid}.part`;
  writeFileSync(draft, `${head},"traceEvents":[\n${lines}\n]}\n`);
  renameSync(draft, file);
}
