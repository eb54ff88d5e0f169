import path from "node:path";
import { EarshotError } from "../../errors.ts";
import { LANGUAGES, type Language } from "../../languages/language.ts";
import { findFiles } from "./find-files.ts";
import {
  combinationFiles,
  readCombinations,
  sharedFolders,
  type TreePlace,
  treePlace,
} from "./home-assistant-layout.ts";
import {
  type Gathered,
  languageOf,
  gatherTemplates,
  type SlotCombination,
} from "./gather-templates.ts";
import { FIXTURE_KEYS, readFixtures } from "./read-fixtures.ts";
import { readLists } from "./read-lists.ts";
import { readPronounce } from "./read-pronounce.ts";
import type { List, Templates } from "./templates.ts";
import { readYamlFile } from "./yaml-file.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

export type LoadTemplatesOptions = {
  readonly language: Language;
  /** Files of this language are skipped even if they are named. @default none */
  readonly otherLanguage?: Language | undefined;
  /** Files or folders with the values of lists that are known only at run time: areas, floors, device names. */
  readonly lists?: readonly string[];
};

/**
 * Reads sentence templates in the YAML of Home Assistant / hassil from files and folders. A later file wins over an
 * earlier one. Files of other languages in a folder are skipped.
 * @throws EarshotError TEMPLATES_INVALID with the place of the first mistake
 */
export function loadTemplates(paths: readonly string[], options: LoadTemplatesOptions): Templates {
  const { language } = options;
  const gathered: Gathered = {
    language,
    blocks: [],
    rules: new Map(),
    lists: new Map(),
    pronounce: new Map(),
    skipWords: [],
    examples: [],
    negatives: [],
  };
  const files = read(paths, options);
  const active = withoutSuperseded(files);
  readShared(active, language, gathered);
  const combinations = new Map<string, Map<string, SlotCombination>>();
  for (const { file, place } of active)
    gatherTemplates(
      file,
      path.basename(path.dirname(path.resolve(file.file))),
      gathered,
      combinationOf(place, combinations),
    );
  if (gathered.blocks.length === 0 && gathered.examples.length === 0)
    fail(paths.join(", "), `it has no intents for language "${language}"`);
  readRunTimeLists(options.lists ?? [], options, gathered);
  return gathered;
}

/** Every file that `loadTemplates` reads for these paths, whatever the language. */
export function listTemplateFiles(paths: readonly string[], lists: readonly string[]): string[] {
  const named = findFiles(paths).map((found) => found.path);
  const roots = new Map(
    named.flatMap((file) => {
      const place = treePlace(file);
      return place?.intent ? [[place.root + place.language, place] as const] : [];
    }),
  );
  const shared = [...roots.values()].flatMap((place) => [
    ...findFiles(sharedFolders(place)).map((found) => found.path),
    ...combinationFiles(place.root),
  ]);
  const given = lists.length > 0 ? findFiles(lists).map((found) => found.path) : [];
  return [...named, ...new Set(shared), ...given];
}

type TemplateFile = { readonly file: YamlValue; readonly place: TreePlace | undefined };

type Languages = Pick<LoadTemplatesOptions, "language" | "otherLanguage">;

function read(paths: readonly string[], { language, otherLanguage }: Languages): TemplateFile[] {
  return findFiles(paths).flatMap((found) => {
    const file = readYamlFile(found.path);
    const itsLanguage = languageOf(file);
    if (itsLanguage === undefined || itsLanguage === language)
      return [{ file, place: treePlace(found.path) }];
    if (!found.named || itsLanguage === otherLanguage) return [];
    const choice = isLanguage(itsLanguage)
      ? `, not "${language}"; give --language ${itsLanguage}, or --fallback-language ${itsLanguage}`
      : `, which is not one of ${LANGUAGES.join(", ")}`;
    return file.fail(`this file is for language "${itsLanguage}"${choice}`);
  });
}

function isLanguage(name: string): boolean {
  return LANGUAGES.some((language) => language === name);
}

/** If a tree holds both layouts of an intent, the files of the older layout win. */
function withoutSuperseded(files: TemplateFile[]): TemplateFile[] {
  const older = new Set(
    files
      .filter(({ place }) => place && !place.intent)
      .flatMap(({ file, place }) => intentsIn(file).map((intent) => `${place?.root}:${intent}`)),
  );
  return files.filter(({ place }) => !place?.intent || !older.has(`${place.root}:${place.intent}`));
}

function intentsIn(file: YamlValue): string[] {
  const intents = file.isMap ? file.entries().find(([key]) => key === "intents")?.[1] : undefined;
  return intents?.isMap ? intents.entries().map(([name]) => name) : [];
}

/** Files of the newer layout take their rules and lists from the folders beside `sentences`. */
function readShared(files: TemplateFile[], language: Language, gathered: Gathered): void {
  const newer = files.find(({ place }) => place?.intent);
  if (!newer?.place) return;
  const folders = sharedFolders(newer.place);
  if (folders.length === 0) return;
  for (const { file } of read(folders, { language })) gatherTemplates(file, "", gathered);
}

function combinationOf(
  place: TreePlace | undefined,
  known: Map<string, Map<string, SlotCombination>>,
): SlotCombination | undefined {
  if (!place?.intent) return undefined;
  const ofRoot = known.get(place.root) ?? readCombinations(place.root);
  known.set(place.root, ofRoot);
  return ofRoot.get(`${place.intent}/${place.combination}`);
}

const LIST_FILE_KEYS = [
  "language",
  "lists",
  "pronounce",
  ...FIXTURE_KEYS,
  "timers",
  "media",
  "tests",
];

function readRunTimeLists(
  paths: readonly string[],
  languages: Languages,
  gathered: Gathered,
): void {
  const lists = new Map<string, List>();
  for (const { file } of read(paths, languages)) {
    const keys = file.record(LIST_FILE_KEYS, "a file of lists");
    const own = keys.get("lists");
    if (own) readLists(own, lists);
    const pronounce = keys.get("pronounce");
    if (pronounce) readPronounce(pronounce, gathered.language, gathered.pronounce);
    if (FIXTURE_KEYS.some((key) => keys.has(key))) readFixtures(keys, lists);
    else if (!own && !pronounce)
      file.fail("expected lists, areas, floors, entities or pronounce in a file of lists");
  }
  for (const [name, list] of lists) gathered.lists.set(name, list);
}

function fail(place: string, message: string): never {
  throw new EarshotError("TEMPLATES_INVALID", `${place}: ${message}`, { place });
}
