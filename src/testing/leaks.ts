import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CleanupRegistry } from "../context/cleanup-registry.ts";
import type { HeldResource } from "../context/cleanup-list.ts";

/** What is there before a test, so that only what it adds counts as its leak. */
export type Baseline = {
  readonly scopes: ReadonlySet<string>;
  readonly children: ReadonlySet<number>;
  readonly listeners: ReadonlyMap<string | symbol, number>;
  readonly active: ReadonlyMap<string, number>;
  readonly temporary: ReadonlySet<string>;
};

/** Kinds of Node's active resources that a test may leave behind, as people call them. */
const ACTIVE_KINDS: ReadonlyMap<string, string> = new Map([
  ["TCPServerWrap", "listening server"],
  ["TCPSocketWrap", "open socket"],
  ["PipeServerWrap", "listening pipe"],
]);

export function takeBaseline(registry: CleanupRegistry): Baseline {
  return {
    scopes: new Set(registry.status().held.map(({ name }) => name)),
    children: new Set(childProcesses().keys()),
    listeners: processListeners(),
    active: activeResources(),
    temporary: new Set(temporaryEntries()),
  };
}

/** What scopes hold, as a tree. Earshot's own processes, threads and listeners hang on these. */
export function heldSince(registry: CleanupRegistry, before: Baseline): string[] {
  const held = registry.status().held.filter(({ name }) => !before.scopes.has(name));
  return held.flatMap(describeHeld);
}

/** What nobody's scope holds: to be asked once everything that is held has been let go. */
export function strayedSince(before: Baseline): string[] {
  const children = [...childProcesses()].filter(([pid]) => !before.children.has(pid));
  return [
    ...children.map(([pid, name]) => `child process "${name}" (${pid})`),
    ...grown(
      processListeners(),
      before.listeners,
      (name, n) => `${n} × process listener "${name}"`,
    ),
    ...grown(activeResources(), before.active, (name, n) => `${n} × ${name}`),
    ...temporaryEntries()
      .filter((name) => !before.temporary.has(name))
      .map((name) => `temporary ${path.join(tmpdir(), name)}`),
  ];
}

/** Linux only: elsewhere child processes are seen through the scopes that hold them. */
export function childProcesses(): Map<number, string> {
  const children = new Map<number, string>();
  if (process.platform !== "linux") return children;
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? readIfThere(`/proc/${name}/stat`) : undefined;
    const match = /^(\d+) \((.*)\) (\S) (\d+)/s.exec(stat ?? "");
    if (match === null || match[3] === "Z" || Number(match[4]) !== process.pid) continue;
    children.set(Number(match[1]), match[2] ?? "");
  }
  return children;
}

function describeHeld(resource: HeldResource): string[] {
  const { name, held = [] } = resource;
  return [`"${name}"`, ...held.flatMap(describeHeld).map((line) => `  ${line}`)];
}

function grown<K>(
  now: ReadonlyMap<K, number>,
  before: ReadonlyMap<K, number>,
  describe: (name: string, more: number) => string,
): string[] {
  return [...now].flatMap(([key, count]) => {
    const more = count - (before.get(key) ?? 0);
    return more > 0 ? [describe(String(key), more)] : [];
  });
}

function processListeners(): Map<string | symbol, number> {
  return new Map(process.eventNames().map((name) => [name, process.listenerCount(name)]));
}

function activeResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) {
    const name = ACTIVE_KINDS.get(type);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function temporaryEntries(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("earshot-"));
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // the process has ended meanwhile
  }
}
