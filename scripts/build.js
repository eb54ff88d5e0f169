// Compiles src and bin into dist/builds/HASH and lets the entry files of dist name that build.
// A running program keeps its build: see docs/adr/0003-builds-of-their-own.md.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./build-lock.js";
import { noteReplaced, removeOldBuilds } from "./old-builds.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DIST = path.join(ROOT, "dist");
const BUILDS = path.join(DIST, "builds");
const TSC = path.join(ROOT, "node_modules/typescript/bin/tsc");

/** What package.json names in `exports` and `bin`, without its extension. */
const MODULES = ["src/index", "src/skills/index", "src/testing/index", "src/testing/setup"];
const PROGRAM = "bin/earshot";

mkdirSync(BUILDS, { recursive: true });
const draft = mkdtempSync(path.join(BUILDS, "draft-"));
try {
  if (isCompiled(draft)) withLock(path.join(BUILDS, "lock"), () => publish(draft));
  else process.exitCode = 1; // tsc has printed why; the previous build stays in force
} finally {
  rmSync(draft, { recursive: true, force: true });
}

function isCompiled(outDir) {
  const compiled = spawnSync(
    process.execPath,
    [TSC, "-p", "tsconfig.build.json", "--outDir", outDir],
    {
      cwd: ROOT,
      stdio: "inherit",
    },
  );
  if (compiled.status !== 0) return false;
  // tsc copies neither the CommonJS files that other packages require nor the executable bit.
  for (const file of readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".cjs")) {
      copyFileSync(path.join(ROOT, "src", file), path.join(outDir, "src", file));
    }
  }
  chmodSync(path.join(outDir, `${PROGRAM}.js`), 0o755);
  return true;
}

/** The same sources give the same name, so an unchanged build adds no folder. */
function publish(folder) {
  const name = hashOf(folder);
  const target = path.join(BUILDS, name);
  if (!existsSync(target)) {
    chmodSync(folder, 0o755); // mkdtemp makes it private
    renameSync(folder, target);
  }
  noteReplaced(BUILDS, name);
  // npm packs the current build only.
  replace(path.join(BUILDS, ".npmignore"), `/*\n!/${name}/\n`);
  for (const module of MODULES) {
    const from = path.posix.relative(path.posix.dirname(module), `builds/${name}/${module}`);
    replace(path.join(DIST, `${module}.js`), `export * from "${from}.js";\n`);
    replace(path.join(DIST, `${module}.d.ts`), `export * from "${from}.js";\n`);
  }
  const program = `#!/usr/bin/env node\nimport "../builds/${name}/${PROGRAM}.js";\n`;
  replace(path.join(DIST, `${PROGRAM}.js`), program, 0o755);
  pointCurrentTo(name);
  removeOldBuilds(BUILDS, name, ROOT);
}

/** Replaces a file in one step: it exists and is complete at every moment. */
function replace(file, text, mode = 0o644) {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, text, { mode });
  renameSync(next, file);
}

/** dist/builds/current, for benches that reach into the build; npm packs no links. */
function pointCurrentTo(name) {
  const next = path.join(BUILDS, `current.${process.pid}`);
  symlinkSync(name, next, "dir");
  renameSync(next, path.join(BUILDS, "current"));
}

function hashOf(folder) {
  const hash = createHash("sha256");
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.join(each.parentPath, each.name))
    .toSorted()) {
    hash.update(path.relative(folder, entry)).update("\0").update(readFileSync(entry)).update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}
