import { readdirSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { isMainThread } from "node:worker_threads";

const TASKS = "/proc/self/task";

/**
 * Number of threads of this process, including those of native code. Always 0 where it cannot be known: on systems
 * other than Linux, and in vitest's pool of threads, where the threads of other files come and go.
 */
export function countThreads(): number {
  if (process.platform !== "linux" || !isMainThread) return 0;
  return readdirSync(TASKS).length;
}

/** "3 × libuv-worker, node": the threads by name. Native threads often bear the name of the program. */
export function threadNames(): string {
  const counts = new Map<string, number>();
  for (const id of readdirSync(TASKS)) {
    const name = nameOf(id);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(", ");
}

/** Makes Node start its whole pool of file threads, which would otherwise count as leaks of the first test to use it. */
export async function startFilePool(): Promise<void> {
  await stat(TASKS).catch(() => undefined);
}

function nameOf(id: string): string {
  try {
    return readFileSync(`${TASKS}/${id}/comm`, "utf8").trim();
  } catch {
    return "ended"; // between listing and reading
  }
}
