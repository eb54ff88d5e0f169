import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import type { SlotScalar } from "../../src/grammar/automaton.ts";
import type { Language } from "../../src/languages/language.ts";

/** Development data that is not part of the repository. */
export const DATA = path.resolve(import.meta.dirname, "../../../shared/data");
const HOME_ASSISTANT = path.join(DATA, "ha-intents");
/** A room in which the test commands are said. */
const HERE = "__context_area__";

type ExpectedSlots = Readonly<Record<string, unknown>>;

export type HomeTest = {
  readonly sentence: string;
  readonly intent: string;
  readonly slots: ExpectedSlots;
  readonly context: Readonly<Record<string, SlotScalar>>;
  /** Slots that the test does not check. */
  readonly ignored: readonly string[];
  readonly place: string;
};

/** Tests that share templates and lists. */
export type HomeTestGroup = {
  readonly intents: readonly string[];
  readonly lists: readonly string[];
  readonly tests: readonly HomeTest[];
};

export type Layout = "2025-07" | "2026-08";

export function hasHomeAssistantTests(): boolean {
  return existsSync(HOME_ASSISTANT);
}

/** Home Assistant's own tests: those of the older layout in one group, then those of the newer, one group per file. */
export function* homeTestGroups(layout: Layout, language: Language): Generator<HomeTestGroup> {
  const sentences = path.join(HOME_ASSISTANT, layout, "sentences", language);
  const folder = path.join(HOME_ASSISTANT, layout, "tests", language);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml") && !path.basename(name).startsWith("_"))
    .toSorted();
  const older = files.filter((name) => !name.includes(path.sep));
  if (older.length > 0)
    yield {
      intents: [sentences],
      lists: [path.join(folder, "_fixtures.yaml")],
      tests: older.flatMap((name) => olderTests(path.join(folder, name))),
    };
  const newer = files.filter((name) => name.includes(path.sep));
  // During the migration of the layouts, Home Assistant tests the newer files without the older ones.
  const intents = older.length > 0 ? newFolders(newer, sentences) : [sentences];
  for (const name of newer) yield* newerGroup(path.join(folder, name), intents);
}

function newFolders(files: readonly string[], sentences: string): string[] {
  return [...new Set(files.map((name) => path.join(sentences, path.dirname(name))))];
}

type OlderTest = {
  readonly sentences: readonly string[];
  readonly intent: {
    readonly name: string;
    readonly slots?: ExpectedSlots;
    readonly context?: Readonly<Record<string, SlotScalar>>;
  };
};

function olderTests(file: string): HomeTest[] {
  const { tests }: { tests: readonly OlderTest[] } = parse(readFileSync(file, "utf8"));
  return tests.flatMap(({ sentences, intent }) =>
    sentences.map((sentence) => ({
      sentence,
      intent: intent.name,
      slots: intent.slots ?? {},
      context: intent.context ?? {},
      ignored: [],
      place: path.basename(file),
    })),
  );
}

type NewerFile = {
  readonly tests: readonly {
    readonly sentences: readonly string[];
    readonly slots?: ExpectedSlots;
  }[];
  readonly areas?: readonly unknown[];
  readonly floors?: readonly unknown[];
  readonly entities?: readonly unknown[];
};

function* newerGroup(file: string, intents: readonly string[]): Generator<HomeTestGroup> {
  const {
    tests,
    areas = [],
    floors = [],
    entities = [],
  }: NewerFile = parse(readFileSync(file, "utf8"));
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-bench-"));
  try {
    const lists = path.join(folder, "lists.yaml");
    writeFileSync(lists, JSON.stringify({ areas, floors, entities }));
    const intent = path.basename(path.dirname(file));
    yield {
      intents,
      lists: [lists],
      tests: tests.flatMap(({ sentences, slots = {} }) =>
        sentences.map((sentence) => ({
          sentence,
          intent,
          slots,
          context: { area: HERE },
          ignored: [...("domain" in slots ? [] : ["domain"]), ...("area" in slots ? [] : ["area"])],
          place: path.join(intent, path.basename(file)),
        })),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
