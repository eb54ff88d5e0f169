import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CACHE = path.join(ROOT, "node_modules/.cache/earshot-fixtures");
const FIXTURES = "test/fixtures";

let built: string | undefined;

/** The compiled form of `test/fixtures/NAME.ts`: what users run is JavaScript, and it starts faster. */
export function builtFixture(name: string): string {
  built ??= build();
  return path.join(built, FIXTURES, `${name}.js`);
}

/** Compiles the fixture programs and what they import; once per state of the sources. */
function build(): string {
  const programs = ["context", "workers"].flatMap((folder) =>
    typescriptIn(`${FIXTURES}/${folder}`),
  );
  const target = path.join(CACHE, hashOf([...typescriptIn("src"), ...programs]));
  if (existsSync(target)) return target;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(path.join(CACHE, "draft-"));
  writeFileSync(path.join(draft, "package.json"), '{ "type": "module" }');
  const config = path.join(draft, "tsconfig.json");
  writeFileSync(config, JSON.stringify(configFor(draft, programs)));
  execFileSync(
    process.execPath,
    [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-p", config],
    {
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
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
      outDir: draft,
      sourceMap: false,
      types: [],
    },
    include: [],
    files: programs.map((file) => path.join(ROOT, file)),
  };
}

/** Another test file may have been faster. */
function publish(draft: string, target: string): void {
  try {
    renameSync(draft, target);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

function typescriptIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(folder, name))
    .toSorted();
}

function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(path.join(ROOT, file)));
  return hash.digest("hex").slice(0, 16);
}
