import { closeSync, openSync, writeSync } from "node:fs";
import type { Scope } from "../context/scope.ts";
import { EarshotError } from "../errors.ts";

/**
 * Appends events to a JSON-lines file, each written before the next is handled; without a file, nothing.
 * @throws EarshotError CONFIG_INVALID
 */
export function openEventLog(scope: Scope, file: string | undefined): (event: object) => void {
  if (file === undefined) return () => {};
  const descriptor = openForAppend(file);
  let isOpen = true;
  scope.defer(
    () => {
      isOpen = false;
      closeSync(descriptor);
    },
    { name: `log ${file}`, phase: "logs" },
  );
  return (event) => {
    if (!isOpen) return;
    writeSync(descriptor, `${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
  };
}

function openForAppend(file: string): number {
  try {
    return openSync(file, "a", 0o600);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EarshotError("CONFIG_INVALID", `--log ${file} cannot be written: ${why}`, { cause });
  }
}
