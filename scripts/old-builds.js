import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A replaced build stays at least this long, because processes in other containers are invisible. */
const MIN_KEPT_MS = 3_600_000;
/** Without /proc a build counts as unused after this time. */
const UNSEEN_KEPT_MS = 7 * 24 * 3_600_000;
/** Replaced builds that are always kept, to go back to. */
const MIN_OLD_BUILDS = 1;
/** File in the folder of a build; another build replaced this one at its modification time. */
const REPLACED = ".replaced";

/** Marks every build except `current` as replaced, unless it is marked already. */
export function noteReplaced(builds, current) {
  rmSync(path.join(builds, current, REPLACED), { force: true });
  for (const name of buildsIn(builds)) {
    if (name === current || replacedAtMs(builds, name) !== undefined) continue;
    writeFileSync(path.join(builds, name, REPLACED), "");
  }
}

/** Removes builds that no program can use: see docs/adr/0003-builds-of-their-own.md. */
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
    // A build that was killed left this.
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

/** Start of the oldest process that concerns this checkout. It cannot use a build that was replaced before. */
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

/** Whether a Node process, or one of another user, names the checkout, runs in it or has mapped its files. */
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

/** Start of a process, ms since boot, from clock ticks of 10 ms; one second earlier, because of rounding. */
function startedMs(pid) {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]) * 10 - 1_000;
}

/** Empty if the process has ended or belongs to another user. */
function read(text) {
  try {
    return text();
  } catch {
    return "";
  }
}
