import { existsSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { Scope } from "../../src/lifetime/scope.ts";
import type { EarshotError } from "../../src/errors.ts";
import { compileCached } from "../../src/intent/engine/compiled-cache.ts";
import {
  type CompiledIntents,
  compileIntents,
  type IntentSources,
} from "../../src/intent/engine/compiled-intents.ts";
import { IntentEngine } from "../../src/intent/engine/intent-engine.ts";
import type { IntentSettings } from "../../src/intent/settings/intent-settings.ts";
import { folderWith } from "../grammar/templates-of.ts";
import { SETTINGS } from "./settings.ts";

const SAY = (sentence: string): string =>
  `intents: { I: { data: [{ sentences: ["${sentence}"] }] } }\n`;

/** What the watch says next. */
function nextReload(engine: IntentEngine): Promise<EarshotError | undefined> {
  return new Promise((resolve) => {
    const watching = engine.watch({
      onReload: () => (watching[Symbol.dispose](), resolve(undefined)),
      onError: (error) => (watching[Symbol.dispose](), resolve(error)),
    });
  });
}

test("editing a file reloads it; a broken file leaves the old one in force and says why", async () => {
  await using scope = new Scope("test");
  const folder = folderWith({ "a.yaml": SAY("good morning") });
  const file = path.join(folder, "a.yaml");
  const engine = await IntentEngine.open(scope, { intents: [folder], language: "en" });
  const ask = async (text: string): Promise<string> => (await engine.classify(text)).decision;

  let told = nextReload(engine);
  writeFileSync(file, SAY("good evening everybody"));
  expect(await told).toBeUndefined();
  expect(await ask("good evening everybody")).toBe("accept");
  expect(await ask("good morning")).toBe("reject");

  told = nextReload(engine);
  writeFileSync(file, SAY("good [night"));
  expect(await told).toMatchObject({
    code: "TEMPLATES_INVALID",
    place: expect.stringContaining("a.yaml:1:"),
  });
  expect(await ask("good evening everybody")).toBe("accept");

  // As many editors save: a new file takes the place of the old one.
  told = nextReload(engine);
  writeFileSync(path.join(folder, "a.yaml.new"), SAY("hello again"));
  renameSync(path.join(folder, "a.yaml.new"), file);
  expect(await told).toBeUndefined();
  expect(await ask("hello again")).toBe("accept");

  told = nextReload(engine);
  rmSync(file);
  expect((await told)?.message).toContain("no .yaml file");
  expect(await ask("hello again")).toBe("accept");
});

test("a watch ends with its scope", async () => {
  const scope = new Scope("test");
  const folder = folderWith({ "a.yaml": SAY("good morning") });
  const engine = await IntentEngine.open(scope, { intents: [folder], language: "en" });
  engine.watch({ onReload: () => expect.unreachable() });
  expect(JSON.stringify(scope.status())).toContain("template watch");
  await scope.close();
  expect(JSON.stringify(scope.status())).not.toContain("template watch");
});

test("templates that take long to compile are kept by their content", () => {
  const cacheDir = path.join(folderWith({}), "cache");
  const values = Array.from({ length: 50 }, (_, i) => `thing ${i} of house ${i % 7}`);
  const yaml = `intents: { I: { data: [{ sentences: ["find {x}"] }] } }\nlists: { x: ${JSON.stringify(values)} }\n`;
  const folder = folderWith({ "a.yaml": yaml });
  let compiled = 0;
  const sources = { intents: [folder], lists: [], language: "en", settings: SETTINGS } as const;
  const compile = (all: IntentSources): CompiledIntents => (compiled++, compileIntents(all));
  const load = (): string => JSON.stringify(compileCached(sources, cacheDir, compile, 0));
  const first = load();
  expect(load() === first).toBe(true);
  expect(compiled).toBe(1);
  const [kept = ""] = readdirSync(cacheDir);

  writeFileSync(path.join(folder, "a.yaml"), yaml.replace("find", "seek"));
  expect(load() === first).toBe(false);
  expect(compiled).toBe(2);
  writeFileSync(path.join(folder, "a.yaml"), `${yaml}pronounce: { thing: sing }\n`);
  load();
  expect(compiled).toBe(3);

  // A broken file, and a folder that cannot be written, cost time and nothing else.
  writeFileSync(path.join(folder, "a.yaml"), yaml);
  truncateSync(path.join(cacheDir, kept), 1000);
  expect(load() === first).toBe(true);
  expect(compiled).toBe(4);
  rmSync(cacheDir, { recursive: true });
  writeFileSync(cacheDir, "a file");
  expect(load() === first).toBe(true);
  expect(compiled).toBe(5);
});

test("other settings compile templates anew", () => {
  const cacheDir = path.join(folderWith({}), "cache");
  const intents = [folderWith({ "a.yaml": SAY("good morning") })];
  let compiled = 0;
  const compile = (all: IntentSources): CompiledIntents => (compiled++, compileIntents(all));
  const load = (settings: IntentSettings): void => {
    compileCached({ intents, lists: [], language: "en", settings }, cacheDir, compile, 0);
  };
  const examples = { ...SETTINGS.examples, rejectedShare: 0.2 };
  for (const settings of [SETTINGS, { ...SETTINGS, examples }, SETTINGS]) load(settings);
  expect(compiled).toBe(2);
});

test("what was kept is for the same languages, paths and working folder only", () => {
  const cacheDir = path.join(folderWith({}), "cache");
  const yaml = `language: fr\n${SAY("bonjour")}`;
  const folders = [folderWith({ "a.yaml": yaml }), folderWith({ "a.yaml": yaml })] as const;
  const asked: unknown[] = [];
  const load = (sources: Partial<IntentSources>): void => {
    const all = {
      intents: [folders[0]],
      lists: [],
      language: "fr",
      settings: SETTINGS,
      ...sources,
    } as const;
    compileCached(all, cacheDir, (s) => (asked.push(sources), compileIntents(s)), 0);
  };
  const here = process.cwd();
  const different = [{}, { otherLanguage: "en" }, { intents: [path.join(folders[0], "a.yaml")] }];
  try {
    for (const sources of different) load(sources as Partial<IntentSources>);
    for (const folder of folders) {
      process.chdir(folder);
      load({ intents: ["a.yaml"] });
    }
  } finally {
    process.chdir(here);
  }
  expect(asked).toHaveLength(5);
  for (const sources of different) load(sources as Partial<IntentSources>);
  expect(asked).toHaveLength(5);
});

test("what another version of the package has kept is compiled anew", async () => {
  const cacheDir = path.join(folderWith({}), "cache");
  const folder = folderWith({ "a.yaml": SAY("hi") });
  const sources = { intents: [folder], lists: [], language: "en", settings: SETTINGS } as const;
  let compiled = 0;
  vi.doMock("../../src/base/package-version.ts", () => ({ packageVersion: () => "0.0.9" }));
  vi.resetModules();
  const older = await import("../../src/intent/engine/compiled-cache.ts");
  vi.doUnmock("../../src/base/package-version.ts");
  older.compileCached(sources, cacheDir, (s) => (compiled++, compileIntents(s)), 0);
  compileCached(sources, cacheDir, (s) => (compiled++, compileIntents(s)), 0);
  expect(compiled).toBe(2);
});

test("edited pronunciations replace kept ones", async () => {
  await using scope = new Scope("test");
  const cacheDir = path.join(folderWith({}), "cache");
  const letters = Array.from("bdfghjklmnprstvz");
  const names = letters.flatMap((a) => letters.map((b) => `${a}a${b}owu`));
  const yaml = `intents: { I: { data: [{ sentences: ["turn on the {x} light"] }] } }
lists: { x: ${JSON.stringify(["zbigniew", ...names])} }
pronounce: { zbigniew: kitchen }`;
  const folder = folderWith({ "a.yaml": yaml });
  const options = { intents: [folder], language: "en", cacheDir } as const;
  const engine = await IntentEngine.open(scope, options);
  const isHeard = async (room: string): Promise<boolean> =>
    (await engine.classify(`turn on the ${room} light`)).intent?.slots["x"] === "zbigniew";
  expect([await isHeard("kitchen"), await isHeard("attic")]).toEqual([true, false]);

  writeFileSync(path.join(folder, "a.yaml"), yaml.replace("kitchen", "attic"));
  await engine.reload();
  expect([await isHeard("kitchen"), await isHeard("attic")]).toEqual([false, true]);
  const kept = readdirSync(cacheDir).filter((name) => name.endsWith(".spoken"));
  expect(kept).toHaveLength(2);
});

test("templates that compile fast are not kept", () => {
  const cacheDir = path.join(folderWith({}), "cache");
  const sources = {
    intents: [folderWith({ "a.yaml": SAY("hi") })],
    lists: [],
    language: "en",
    settings: SETTINGS,
  } as const;
  compileCached(sources, cacheDir, compileIntents, Infinity);
  expect(existsSync(cacheDir)).toBe(false);
});
