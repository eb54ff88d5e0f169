import { chmodSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { EarshotError } from "../../errors.ts";

/** The path of a Unix socket must fit into this many bytes, on every system. */
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * Where the instances of this user have their sockets: `earshot` in XDG_RUNTIME_DIR, else `earshot-UID` in the
 * folder for temporary files. Made when it is not there, for its owner alone.
 *
 * @throws EarshotError STATUS_UNAVAILABLE: it belongs to somebody else, or others may write to it
 */
export function instanceFolder(): string {
  const folder = instancePath();
  try {
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(folder, 0o700); // whatever the umask is
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw unavailable(folder, String(error));
  }
  assertOwn(folder);
  return folder;
}

/** The sockets of instances that run, or have been killed, by their process ids. */
export function listInstances(): { readonly pid: number; readonly socket: string }[] {
  const folder = instancePath();
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  assertOwn(folder);
  const names = readdirSync(folder);
  return names
    .map((name) => ({
      pid: Number(/^(\d+)\.sock$/.exec(name)?.[1]),
      socket: path.join(folder, name),
    }))
    .filter(({ pid }) => pid > 0)
    .toSorted((a, b) => a.pid - b.pid);
}

function instancePath(): string {
  const ownFolder = path.join(tmpdir(), `earshot-${userId()}`);
  const runtime = process.env["XDG_RUNTIME_DIR"];
  if (runtime === undefined || !path.isAbsolute(runtime) || !isFolder(runtime)) return ownFolder;
  const folder = path.join(runtime, "earshot");
  const isShort = Buffer.byteLength(path.join(folder, "4194304.sock")) <= MAX_SOCKET_PATH_BYTES;
  return isShort ? folder : ownFolder;
}

/** Not a link to somewhere else, ours, and closed to others. */
function assertOwn(folder: string): void {
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw unavailable(folder, "it is no folder");
  if (found.uid !== userId()) throw unavailable(folder, "it belongs to another user");
  if ((found.mode & 0o077) !== 0) throw unavailable(folder, "others may enter it: chmod 700 it");
}

function unavailable(folder: string, why: string): EarshotError {
  const message = `${folder} cannot be used for the status of instances: ${why}`;
  return new EarshotError("STATUS_UNAVAILABLE", message);
}

function isFolder(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}

function userId(): number {
  return process.getuid?.() ?? 0;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
