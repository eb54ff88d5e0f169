import { appendFileSync } from "node:fs";
import { EarshotError, type EarshotErrorCode } from "../errors.ts";
import { toJson } from "./output.ts";

/**
 * Appends events to a JSON-lines file, each written before the next is handled; without a file, nothing.
 * The file is open only while it is written, so that the shutdown event, which comes after everything was let
 * go, is in it too, and so that it may be moved away to begin another.
 * @throws EarshotError CONFIG_INVALID now, LOG_FAILED for an event, when the file cannot be written
 */
export function openEventLog(file: string | undefined): (event: object) => void {
  if (file === undefined) return () => {};
  append(file, "", "CONFIG_INVALID"); // before listening begins
  let hasFailed = false; // said once; what comes after would leave a gap
  return (event) => {
    if (hasFailed) return;
    hasFailed = true;
    const line = toJson({ time: new Date().toISOString(), ...event });
    append(file, `${line}\n`, "LOG_FAILED");
    hasFailed = false;
  };
}

function append(file: string, text: string, code: EarshotErrorCode): void {
  try {
    appendFileSync(file, text, { mode: 0o600 });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EarshotError(code, `--log ${file} cannot be written: ${why}`, { cause });
  }
}
