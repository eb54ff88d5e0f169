import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** What ends a child when this process dies without a chance to act (SIGKILL, a native crash). */
export type ParentDeathMeans =
  | "pdeathsig" // the kernel kills it: setpriv of util-linux
  | "lifeline" // a shell beside it notices that our end of a pipe has closed: other POSIX systems
  | "none"; // Windows

type Stdio = "pipe" | "ignore" | "inherit";

/** A command whose process dies with this process. */
export type ProtectedCommand = {
  readonly command: string;
  readonly args: readonly string[];
  /** Options that `spawn` needs unchanged: they make the child the leader of its own process group. */
  readonly options: { readonly detached: boolean; readonly stdio: Stdio[] };
};

/**
 * The kernel sends its signal only if we die after setpriv has asked for it. A process that has another parent by
 * then was orphaned before that, and kills itself. $1 is our process id. The shell drops environment variables whose
 * names it does not allow ("a.b").
 */
const UNLESS_ORPHANED_SCRIPT = `[ "$PPID" = "$1" ] || kill -9 $$; shift; exec "$@"`;

/**
 * The shell runs until the command has ended and passes its exit status on. It kills the whole group when file
 * descriptor 3 ends. `read` is built in, so that it needs no further process.
 */
const LIFELINE_SCRIPT = `
trap : HUP INT QUIT TERM
exec 9<&0
"$@" <&9 3<&- 9<&- & command=$!
( trap '' HUP INT QUIT TERM; exec 9<&-; read -r _ <&3; kill -9 -$$ ) & watcher=$!
exec 3<&- 9<&-
wait $command; status=$?
while [ $status -gt 128 ] && kill -0 $command 2>/dev/null; do wait $command; status=$?; done
kill -9 $watcher 2>/dev/null
exit $status`;

/**
 * Wraps a command so that its process dies with this one, whatever kills us. Spawn the result from the main thread of
 * this process: on Linux the protection ends with the spawning thread, and a child of another process is killed at
 * once.
 *
 * A command that is not installed is returned unchanged, so that `spawn` reports ENOENT.
 */
export function withParentDeathSignal(
  command: string,
  args: readonly string[],
  stdio: readonly [Stdio, Stdio, Stdio] = ["pipe", "pipe", "pipe"],
  means: ParentDeathMeans = parentDeathMeans(),
): ProtectedCommand {
  const file = findExecutable(command);
  const detached = process.platform !== "win32";
  if (file === undefined || means === "none") {
    return { command, args, options: { detached, stdio: [...stdio] } };
  }
  if (means === "pdeathsig") {
    const ifOurs = ["/bin/sh", "-c", UNLESS_ORPHANED_SCRIPT, "earshot-child", String(process.pid)];
    const wrapped = ["--pdeathsig", "KILL", "--", ...ifOurs, file, ...args];
    return { command: "setpriv", args: wrapped, options: { detached, stdio: [...stdio] } };
  }
  const wrapped = ["-c", LIFELINE_SCRIPT, "earshot-lifeline", file, ...args];
  return { command: "/bin/sh", args: wrapped, options: { detached, stdio: [...stdio, "pipe"] } };
}

let known: ParentDeathMeans | undefined;

function parentDeathMeans(): ParentDeathMeans {
  known ??= process.platform === "win32" ? "none" : hasSetpriv() ? "pdeathsig" : "lifeline";
  return known;
}

/** Tries the option, because the setpriv of Busybox lacks it. */
function hasSetpriv(): boolean {
  if (process.platform !== "linux" || findExecutable("setpriv") === undefined) return false;
  const tried = spawnSync("setpriv", ["--pdeathsig", "KILL", "--", "true"], { stdio: "ignore" });
  return tried.status === 0;
}

/** The path of `command` as `execvp` would find it; undefined when there is none. */
export function findExecutable(command: string): string | undefined {
  const candidates = command.includes("/")
    ? [command]
    : (process.env["PATH"] ?? "").split(path.delimiter).map((dir) => path.join(dir, command));
  return candidates.find(isExecutableFile);
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // absent, or not ours to run
  }
}
