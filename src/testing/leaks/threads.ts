import { readdirSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { isMainThread } from "node:worker_threads";

const TASKS = "/proc/self/task";

/**
 * Threads of this process as the operating system counts them, those of native code too. Always 0 where
 * nobody tells (not Linux), and in vitest's pool of threads, where other files' threads come and go.
 */
export function countThreads(): number {
  if (process.platform !== "linux" || !isMainThread) return 0;
  return readdirSync(TASKS).length;
}

/** "3 × libuv-worker, node": what the threads call themselves; native ones often only repeat the program. */
export function threadNames(): string {
  const counts = new Map<string, number>();
  for (const id of readdirSync(TASKS)) {
    const name = nameOf(id);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(", ");
}

/** Node starts its pool for files at the first use, all of it: that is not to count as a test's. */
export async function startFilePool(): Promise<void> {
  await stat(TASKS).catch(() => undefined);
}

function nameOf(id: string): string {
  try {
    return readFileSync(`${TASKS}/${id}/comm`, "utf8").trim();
  } catch {
    return "ended"; // meanwhile
  }
}
