import { writeSync } from "node:fs";

/** Writes one line to stderr at once, also while the process is being left. */
export function tell(line: string): void {
  try {
    writeSync(2, `earshot: ${line}\n`);
  } catch {
    // Nobody reads stderr (EPIPE), or not now (EAGAIN): ending matters more than telling.
  }
}
