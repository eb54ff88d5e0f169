// What it takes to load all of Home Assistant's templates of a language with 200 entities, cold and from the cache,
// and to understand a noisy sentence by them. Processor time, on one core. Run: npm run bench -- intent-load
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { serialize } from "node:v8";
import { parse, stringify } from "yaml";
import { compileCached } from "../src/intent/engine/compiled-cache.ts";
import { compileIntents } from "../src/intent/engine/compiled-intents.ts";
import { keptSpokenWords, openSound } from "../src/intent/words/spoken-words.ts";
import { Matcher } from "../src/intent/engine/matcher.ts";
import { WordComparer } from "../src/intent/words/word-comparer.ts";
import { LANGUAGES, type Language } from "../src/languages/language.ts";
import { hasHomeAssistantTests, homeTestGroups } from "./intent/home-assistant-tests.ts";
import { MODEL, SETTINGS } from "./intent/measure.ts";
import { Noise } from "./intent/noise.ts";
import { median, percentile } from "./statistics.ts";

const ENTITIES = 200;
const LEVEL = 0.2;
const SEED = 11;

const results: object[] = [];
if (!hasHomeAssistantTests()) {
  console.error("SKIPPED: Home Assistant's templates are not there; nothing was measured.");
} else {
  console.log(
    "lang  entities  cold ms  from cache ms  cache MB  states    arcs  first ms  p50 ms  p95 ms",
  );
  for (const language of LANGUAGES) await measure(language);
  const folder = path.join(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "intent-load.json"), JSON.stringify(results, null, 2));
}

async function measure(language: Language): Promise<void> {
  const [group] = homeTestGroups("2025-07", language);
  if (!group) return;
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-bench-"));
  try {
    const lists = path.join(folder, "lists.yaml");
    writeFileSync(lists, stringify(withEntities(group.lists[0] ?? "", language)));
    const sources = { intents: group.intents, lists: [lists], language, settings: SETTINGS };
    const cacheDir = path.join(folder, "cache");
    const open = () => openSound(MODEL, language);
    const load = async (compile: typeof compileIntents) => {
      const compiled = compileCached(sources, cacheDir, compile);
      const kept = { modelDir: MODEL, cacheDir };
      const spoken = await keptSpokenWords(compiled.automaton, open, kept);
      return { compiled, spoken };
    };
    const cold = await timed(() => load(compileIntents));
    const warm = await timed(() => load(neverCompile));
    const { automaton, skipWords } = warm.value.compiled;
    const matcher = new Matcher(automaton, SETTINGS, { skipWords });
    const noise = new Noise(language, SEED);
    const heard = group.tests.map(({ sentence, context }) => ({
      text: noise.spoil(sentence, LEVEL),
      context,
    }));
    // The engine, too, loads the pronunciation of unknown words when it meets the first one.
    const first = await timed(async () => {
      const sound = await openSound(MODEL, language);
      const comparer = new WordComparer(automaton.words, SETTINGS.words, sound, warm.value.spoken);
      matcher.match("xyz", {}, comparer);
      return comparer;
    });
    const took: number[] = [];
    for (const { text, context } of heard)
      took.push((await timed(() => matcher.match(text, context, first.value))).cpuMs);
    const result = {
      language,
      entities: ENTITIES,
      coldMs: cold.cpuMs,
      cachedMs: warm.cpuMs,
      cacheBytes: serialize(warm.value.compiled).length,
      states: automaton.arcFirst.length - 1,
      arcs: automaton.arcKind.length,
      firstMs: first.cpuMs,
      p50Ms: median(took),
      p95Ms: percentile(took, 0.95),
    };
    results.push(result);
    const cells = [
      result.coldMs.toFixed(0).padStart(7),
      result.cachedMs.toFixed(0).padStart(14),
      (result.cacheBytes / 1e6).toFixed(1).padStart(9),
      String(result.states).padStart(7),
      String(result.arcs).padStart(7),
      result.firstMs.toFixed(0).padStart(9),
      result.p50Ms.toFixed(1).padStart(7),
      result.p95Ms.toFixed(1).padStart(7),
    ];
    console.log(`${language.padEnd(5)} ${String(ENTITIES).padStart(8)} ${cells.join(" ")}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The fixtures of the tests, filled up with more entities. */
function withEntities(file: string, language: Language): object {
  const fixtures: { entities: object[] } = parse(readFileSync(file, "utf8"));
  const rooms = {
    en: "attic cellar garage hallway office",
    fr: "grenier cave garage couloir bureau",
  };
  const things = {
    en: "lamp fan blind heater plug",
    fr: "lampe ventilateur volet radiateur prise",
  };
  const domains = ["light", "fan", "cover", "climate", "switch"];
  for (let i = 0; fixtures.entities.length < ENTITIES; i++) {
    const thing = things[language].split(" ")[i % 5] ?? "";
    const room = rooms[language].split(" ")[Math.floor(i / 5) % 5] ?? "";
    const name = language === "fr" ? `${thing} ${room} ${i}` : `${room} ${thing} ${i}`;
    fixtures.entities.push({ name, id: `${domains[i % 5]}.more_${i}` });
  }
  return fixtures;
}

function neverCompile(): never {
  throw new Error("the templates were not in the cache");
}

async function timed<T>(body: () => T | Promise<T>): Promise<{ value: T; cpuMs: number }> {
  const before = process.cpuUsage();
  const value = await body();
  const { user, system } = process.cpuUsage(before);
  return { value, cpuMs: (user + system) / 1000 };
}
