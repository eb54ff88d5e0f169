import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Publishing takes milliseconds, so a lock older than this belongs to a build that was killed. */
const MAX_WAIT_MS = 10_000;
const RETRY_MS = 20;

/** Runs `work` while no other build publishes, so that all entry files name the same build. */
export function withLock(file, work) {
  const deadlineMs = performance.now() + MAX_WAIT_MS;
  while (!isTaken(file)) {
    if (!isHeldByLiving(file) || performance.now() > deadlineMs) rmSync(file, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
  }
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

function isTaken(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function isHeldByLiving(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    if (pid === 0) return true; // it was just created
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM" || error.code === "ENOENT";
  }
}
