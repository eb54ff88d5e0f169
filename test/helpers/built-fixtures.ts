import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CACHE = path.join(ROOT, "node_modules/.cache/earshot-fixtures");
const MODELS = ["models/embedded", "models/intent.json"];
const KEEP_MS = 3 * 3_600_000;
const FIXTURES = "test/fixtures";

let built: string | undefined;

/** The compiled form of `test/fixtures/NAME.ts`. Users run JavaScript, too, and it starts faster. */
export function builtFixture(name: string): string {
  built ??= build();
  return path.join(built, "dist", FIXTURES, `${name}.js`);
}

/** A copy of the folder of compiled sources: a second installation of the package. */
export function secondCopy(): string {
  built ??= build();
  const copy = path.join(built, "dist/copy");
  cpSync(path.join(built, "dist/src"), copy, { recursive: true });
  return copy;
}

/** Compiles the fixture programs and their imports, once per state of the sources. */
function build(): string {
  const programs = [
    ...filesIn("src", "worker.ts"), // started by name, so no file imports them
    ...["index.ts", "thread/resolve-hook.ts"].map((file) => path.join("src/skills", file)),
    ...["audio", "lifetime", "skills", "workers"].flatMap((folder) =>
      typescriptIn(`${FIXTURES}/${folder}`),
    ),
  ];
  const required = filesIn("src", ".cjs");
  const models = MODELS.flatMap(filesAt);
  const sources = [...typescriptIn("src"), ...programs, ...required, ...models];
  const target = path.join(CACHE, hashOf(sources));
  if (existsSync(target)) return target;
  mkdirSync(CACHE, { recursive: true });
  removeOld();
  const draft = mkdtempSync(path.join(CACHE, "draft-"));
  // The package has dist beside package.json and models.
  cpSync(path.join(ROOT, "package.json"), path.join(draft, "package.json"));
  for (const model of MODELS)
    cpSync(path.join(ROOT, model), path.join(draft, model), { recursive: true });
  const config = path.join(draft, "tsconfig.json");
  writeFileSync(config, JSON.stringify(configFor(draft, programs)));
  execFileSync(
    process.execPath,
    [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-p", config],
    {
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  for (const file of required) copyFileSync(path.join(ROOT, file), path.join(draft, "dist", file));
  publish(draft, target);
  return target;
}

function configFor(draft: string, programs: readonly string[]): object {
  return {
    extends: path.join(ROOT, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      noCheck: true,
      rootDir: ROOT,
      outDir: path.join(draft, "dist"),
      sourceMap: false,
      types: [],
    },
    include: [],
    files: programs.map((file) => path.join(ROOT, file)),
  };
}

/** Removes builds so old that no running test uses them. */
function removeOld(): void {
  for (const name of readdirSync(CACHE)) {
    const folder = path.join(CACHE, name);
    if (Date.now() - statSync(folder).mtimeMs > KEEP_MS) rmSync(folder, { recursive: true });
  }
}

/** Moves the build into place unless another test file was faster. */
function publish(draft: string, target: string): void {
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

function typescriptIn(folder: string): string[] {
  return filesIn(folder, ".ts");
}

function filesIn(folder: string, extension: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .map((name) => path.join(folder, name))
    .toSorted();
}

function filesAt(place: string): string[] {
  return statSync(path.join(ROOT, place)).isDirectory() ? filesIn(place, "") : [place];
}

function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(path.join(ROOT, file)));
  return hash.digest("hex").slice(0, 16);
}
