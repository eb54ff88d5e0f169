import { writeSync } from "node:fs";

/** Writes "earshot: LINE" to stderr before it returns, even while the process exits. Never throws. */
export function writeStderrLine(line: string): void {
  writeStderr(`earshot: ${line}\n`);
}

/** Writes text to stderr before it returns. Never throws: ending a process matters more than its output. */
export function writeStderr(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody reads stderr (EPIPE), or not now (EAGAIN).
  }
}
