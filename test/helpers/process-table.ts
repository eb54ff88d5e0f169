import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** One row of the process table (Linux). */
export type ProcessRow = {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  readonly state: string;
  readonly command: string;
};

/** Every living process. A zombie counts as dead. */
export function processTable(): ProcessRow[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => processRow(Number(name)))
    .filter((row) => row !== undefined);
}

export function isAlive(pid: number): boolean {
  return processRow(pid) !== undefined;
}

/** Generous limit for what happens soon, even on a busy machine. */
const SOON_MS = 20_000;

/** Waits until none of `pids` is alive. Returns false if some still are after `timeoutMs`. */
export async function areGone(
  pids: readonly number[],
  timeoutMs: number = SOON_MS,
): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  while (pids.some(isAlive)) {
    if (performance.now() > deadlineMs) return false;
    await delay(5);
  }
  return true;
}

/** Waits until a process of the group is stopped (SIGSTOP). Returns false if none is after `timeoutMs`. */
export async function hasStopped(groupId: number, timeoutMs: number = SOON_MS): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!processTable().some((row) => row.groupId === groupId && row.state === "T")) {
    if (performance.now() > deadlineMs) return false;
    await delay(5);
  }
  return true;
}

/** Every living process whose environment contains `name=value`, which children inherit. */
export function processesMarked(name: string, value: string): ProcessRow[] {
  const mark = `${name}=${value}\0`;
  return processTable().filter(({ pid }) => environmentOf(pid).includes(mark));
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return ""; // the process has ended or belongs to another user
  }
}

function processRow(pid: number): ProcessRow | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined; // the process has ended
  }
  // pid (command, which may contain anything) state ppid pgrp …
  const end = stat.lastIndexOf(")");
  const [state = "", parentPid, groupId] = stat.slice(end + 2).split(" ");
  if (state === "Z" || state === "X") return undefined;
  const command = stat.slice(stat.indexOf("(") + 1, end);
  return { pid, parentPid: Number(parentPid), groupId: Number(groupId), state, command };
}
