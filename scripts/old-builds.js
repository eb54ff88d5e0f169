import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** However idle this machine looks, a build stays for so long after it was replaced: containers cannot be seen. */
const MIN_KEPT_MS = 3_600_000;
/** Where the process table cannot be read (no /proc), so long is taken for unused. */
const UNSEEN_KEPT_MS = 7 * 24 * 3_600_000;
/** Beside the current build, one to go back to. */
const MIN_OLD_BUILDS = 1;
/** In a build's folder: its modification time is when another build took its place. */
const REPLACED = ".replaced";

/** Notes for every build but `current` that it has been replaced, once. */
export function noteReplaced(builds, current) {
  rmSync(path.join(builds, current, REPLACED), { force: true });
  for (const name of buildsIn(builds)) {
    if (name === current || replacedAtMs(builds, name) !== undefined) continue;
    writeFileSync(path.join(builds, name, REPLACED), "");
  }
}

/** Removes builds that no program can be using: see docs/adr/0003-builds-of-their-own.md. */
export function removeOldBuilds(builds, current, root) {
  const old = buildsIn(builds)
    .filter((name) => name !== current)
    .map((name) => ({ name, atMs: replacedAtMs(builds, name) ?? Date.now() }))
    .toSorted((a, b) => b.atMs - a.atMs)
    .slice(MIN_OLD_BUILDS)
    .filter(({ atMs }) => Date.now() - atMs > MIN_KEPT_MS);
  if (old.length > 0) {
    const oldestMs = oldestUserStartedMs(root);
    for (const { name, atMs } of old) {
      if (atMs < oldestMs) rmSync(path.join(builds, name), { recursive: true, force: true });
    }
  }
  for (const name of readdirSync(builds)) {
    const folder = path.join(builds, name);
    // Of a build that was killed.
    if (name.startsWith("draft-") && Date.now() - statSync(folder).mtimeMs > MIN_KEPT_MS) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

function buildsIn(builds) {
  return readdirSync(builds).filter((name) => /^[\da-f]{12}$/.test(name));
}

function replacedAtMs(builds, name) {
  return statSync(path.join(builds, name, REPLACED), { throwIfNoEntry: false })?.mtimeMs;
}

/** When the oldest process began that has to do with this checkout: it can use no build replaced before that. */
function oldestUserStartedMs(root) {
  try {
    const bootMs = Number(/^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))[1]) * 1_000;
    const starts = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && mentions(name, root))
      .map((pid) => bootMs + startedMs(pid));
    return Math.min(Date.now(), ...starts.filter((ms) => !Number.isNaN(ms)));
  } catch {
    return Date.now() - UNSEEN_KEPT_MS; // no /proc
  }
}

/** A Node process, or one that nobody may look into, that names the checkout, stands in it or has mapped its files. */
function mentions(pid, root) {
  const where = root.replace(/\/$/, "");
  const executable = read(() => readlinkSync(`/proc/${pid}/exe`));
  if (executable !== "" && !path.basename(executable).startsWith("node")) return false;
  return (
    read(() => readFileSync(`/proc/${pid}/cmdline`, "utf8")).includes(where) ||
    `${read(() => readlinkSync(`/proc/${pid}/cwd`))}/`.startsWith(`${where}/`) ||
    read(() => readFileSync(`/proc/${pid}/maps`, "utf8")).includes(`${where}/`)
  );
}

/** Clock ticks since boot, of which Linux has 100 a second; a second is taken off for rounding. */
function startedMs(pid) {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]) * 10 - 1_000;
}

/** Empty when the process has ended meanwhile, or belongs to somebody else. */
function read(text) {
  try {
    return text();
  } catch {
    return "";
  }
}
