import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { listTemplateFiles } from "../../grammar/templates/load-templates.ts";
import type { CompiledIntents, IntentSources } from "./compiled-intents.ts";
import { KeptFile } from "../../base/kept-file.ts";
import { packageVersion } from "../../base/package-version.ts";

/** Version of the kept files: raise it when their content or its meaning changes. */
const FORMAT = "earshot-intents 3";
/** Templates that compile faster than this are not kept. */
const WORTH_KEEPING_MS = 250;
const SUFFIX = ".intents";

/**
 * Reads compiled templates from the cache, by the content of all their files and the settings; otherwise compiles them,
 * and keeps them if that took long.
 * @throws what `compile` throws
 */
export function compileCached(
  sources: IntentSources,
  cacheDir: string,
  compile: (sources: IntentSources) => CompiledIntents,
  worthKeepingMs: number = WORTH_KEEPING_MS,
): CompiledIntents {
  const file = new KeptFile<CompiledIntents>(cacheDir, keyOf(sources), SUFFIX);
  const kept = file.read();
  if (kept) return kept;
  const begunMs = performance.now();
  const compiled = compile(sources);
  if (performance.now() - begunMs >= worthKeepingMs) file.write(compiled);
  return compiled;
}

/** Covers all that the compiled templates depend on: the sources as given, the settings, this package, each file's content. */
function keyOf(sources: IntentSources): string {
  const { intents, lists, language, otherLanguage, settings } = sources;
  const hash = createHash("sha256");
  const made = [FORMAT, packageVersion(), process.versions.v8];
  hash.update(JSON.stringify([made, language, otherLanguage ?? null, intents, lists, settings]));
  for (const file of listTemplateFiles(intents, lists)) {
    const content = readFileSync(file);
    // Places in messages name the file as it is given; its folder may name an intent.
    hash.update(`\0${file}\0${path.resolve(file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 40);
}
