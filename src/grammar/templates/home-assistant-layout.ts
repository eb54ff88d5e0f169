import { existsSync } from "node:fs";
import path from "node:path";
import { texts } from "./read-block.ts";
import type { SlotCombination } from "./gather-templates.ts";
import { readYamlFile } from "./yaml-file.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

/**
 * The position of a file in a tree with Home Assistant's layout: `sentences/<language>/<Intent>/<combination>.yaml`
 * (or a file of many intents directly below the language), beside `rules/`, `lists/` and `intents.yaml`.
 */
export type TreePlace = {
  readonly root: string;
  readonly language: string;
  readonly intent: string | undefined;
  readonly combination: string;
};

export function treePlace(file: string): TreePlace | undefined {
  const parts = path.resolve(file).split(path.sep);
  const at = parts.lastIndexOf("sentences");
  const below = parts.slice(at + 1);
  const [language, ...rest] = below;
  if (at < 1 || !language || rest.length < 1 || rest.length > 2) return undefined;
  return {
    root: parts.slice(0, at).join(path.sep),
    language,
    intent: rest.length === 2 ? rest[0] : undefined,
    combination: path.parse(file).name,
  };
}

/** The existing folders with the rules and lists of such a tree. */
export function sharedFolders(place: TreePlace): string[] {
  return [path.join(place.root, "lists"), path.join(place.root, "rules", place.language)].filter(
    (folder) => existsSync(folder),
  );
}

/** The files that describe combinations of slots: `intents.yaml`, if it exists. */
export function combinationFiles(root: string): string[] {
  const file = path.join(root, "intents.yaml");
  return existsSync(file) ? [file] : [];
}

/** Reads the combinations of slots from `intents.yaml`, by "HassTurnOn/area_domain". */
export function readCombinations(root: string): Map<string, SlotCombination> {
  const combinations = new Map<string, SlotCombination>();
  const [file] = combinationFiles(root);
  if (file === undefined) return combinations;
  for (const [intent, description] of readYamlFile(file).entries()) {
    for (const [name, combination] of entriesAt(description, "slot_combinations")) {
      const contextArea = entriesAt(combination).some(
        ([key, v]) => key === "context_area" && v.flag(),
      );
      const domainGroups = new Map(
        entriesAt(combination, "name_domain_groups").map(([group, node]) => [group, texts(node)]),
      );
      combinations.set(`${intent}/${name}`, { contextArea, domainGroups });
    }
  }
  return combinations;
}

function entriesAt(node: YamlValue, key?: string): [string, YamlValue][] {
  const inner = key === undefined ? node : node.entries().find(([name]) => name === key)?.[1];
  return inner?.isMap ? inner.entries().map(([name, value]) => [name, value]) : [];
}
