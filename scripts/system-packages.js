// Installs the Debian packages that the tests need: recorders, sox, espeak-ng, systemd-notify. As root it uses apt-get;
// otherwise it says what to install. It does nothing if all programs exist.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Program that must be on the PATH → the Debian package that has it. */
const NEEDED = {
  arecord: "alsa-utils",
  sox: "sox",
  setpriv: "util-linux",
  "espeak-ng": "espeak-ng",
  "systemd-notify": "systemd",
};

const missing = Object.entries(NEEDED).filter(([program]) => !isOnPath(program));
if (missing.length > 0) install([...new Set(missing.map(([, name]) => name))]);

function install(packages) {
  const list = packages.join(" ");
  const isDebianRoot = process.getuid?.() === 0 && isOnPath("apt-get");
  if (!isDebianRoot) {
    console.error(`The tests need these programs; install them first: apt-get install ${list}`);
    process.exitCode = 1;
    return;
  }
  console.error(`Installing for the tests: ${list}`);
  apt(["update", "-qq"]);
  apt(["install", "-y", "-qq", "--no-install-recommends", ...packages]);
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env });
  if (status !== 0) throw new Error(`apt-get ${args.join(" ")} failed with status ${status}`);
}

function isOnPath(program) {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
