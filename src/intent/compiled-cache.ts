import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { listTemplateFiles } from "../grammar/templates/load-templates.ts";
import type { CompiledIntents, IntentSources } from "./compiled-intents.ts";

/** To be raised when what is kept, or what it is made from, changes its meaning. */
const FORMAT = "earshot-intents 1";
/** What is compiled faster than this need not be kept. */
const WORTH_KEEPING_MS = 250;
/** Older ones are removed. */
const MOST_KEPT = 16;
const SUFFIX = ".intents";

/** Where compiled templates are kept: the user's cache folder. Removing it costs nothing but time. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const home = homedir();
  const base =
    process.platform === "win32"
      ? (env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local"))
      : process.platform === "darwin"
        ? path.join(home, "Library", "Caches")
        : (env["XDG_CACHE_HOME"] ?? path.join(home, ".cache"));
  return path.join(base, "earshot", "intents");
}

/**
 * Compiled templates as they were kept on disk, by the content of all their files; otherwise compiles them, and
 * keeps what took long. A folder that cannot be read or written is as good as an empty one.
 * @throws what `compile` throws
 */
export function compileCached(
  sources: IntentSources,
  cacheDir: string,
  compile: (sources: IntentSources) => CompiledIntents,
): CompiledIntents {
  const key = keyOf(sources);
  const file = path.join(cacheDir, key + SUFFIX);
  const kept = read(file, key);
  if (kept) return kept;
  const begunMs = performance.now();
  const compiled = compile(sources);
  if (performance.now() - begunMs >= WORTH_KEEPING_MS) keep(file, { key, compiled });
  return compiled;
}

type Kept = { readonly key: string; readonly compiled: CompiledIntents };

function keyOf({ intents, lists, language }: IntentSources): string {
  const hash = createHash("sha256");
  for (const part of [FORMAT, process.versions.v8, language]) hash.update(`${part}\0`);
  for (const file of listTemplateFiles(intents, lists)) {
    const content = readFileSync(file);
    // Places in messages name the file: the same content elsewhere is something else.
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 40);
}

function read(file: string, key: string): CompiledIntents | undefined {
  try {
    const kept: unknown = deserialize(readFileSync(file));
    return isKept(kept) && kept.key === key ? kept.compiled : undefined;
  } catch {
    return undefined; // not there, or broken: it is compiled anew
  }
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "key" in value && "compiled" in value;
}

function keep(file: string, kept: Kept): void {
  const folder = path.dirname(file);
  const unfinished = `${file}.${randomUUID()}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, serialize(kept), { mode: 0o600 });
    renameSync(unfinished, file);
    prune(folder);
  } catch {
    // A full disk or a read-only home: the next start takes longer, no more.
    if (existsSync(unfinished)) rmSync(unfinished, { force: true });
  }
}

function prune(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.includes(SUFFIX))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, changedMs: statSync(file).mtimeMs }))
    .toSorted((a, b) => b.changedMs - a.changedMs);
  for (const { file } of files.slice(MOST_KEPT)) rmSync(file, { force: true });
}
