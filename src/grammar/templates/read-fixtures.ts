import type { SlotScalar } from "../automaton.ts";
import { expandTexts } from "./expand-texts.ts";
import { readTemplate } from "./read-template.ts";
import type { List, ListEntry } from "./templates.ts";
import { parseSentence } from "./parse-sentence.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

export const FIXTURE_KEYS = ["areas", "floors", "entities"];

/**
 * Reads the areas, floors and entities of a home, in the format of Home Assistant's test fixtures, into the lists
 * `area`, `floor` and `name`. A name may be a template; each of its texts is a value of its own. The domain of an
 * entity (the first part of its id) and its attributes become the context of its name.
 */
export function readFixtures(keys: ReadonlyMap<string, YamlValue>, lists: Map<string, List>): void {
  const add = (list: string, node: YamlValue | undefined): void => {
    const known = lists.get(list);
    const before = known?.type === "values" ? known.entries : [];
    const entries = (node?.items() ?? []).flatMap((item) => readThing(item, list === "name"));
    lists.set(list, { type: "values", entries: [...before, ...entries] });
  };
  add("area", keys.get("areas"));
  add("floor", keys.get("floors"));
  add("name", keys.get("entities"));
}

function readThing(node: YamlValue, isEntity: boolean): ListEntry[] {
  const keys = new Map(node.entries().map(([key, value]) => [key, value]));
  const name = readTemplate(keys.get("name") ?? node.fail('each of these needs a "name"'));
  const context = isEntity ? entityContext(node, keys) : {};
  return expandTexts(name).map((text) => ({
    said: { text, expression: parseSentence(escape(text)), at: name.at },
    value: text,
    context,
  }));
}

function escape(text: string): string {
  return text.replace(/[()[\]{}<>|;\\]/g, "\\$&");
}

function entityContext(
  node: YamlValue,
  keys: ReadonlyMap<string, YamlValue>,
): Record<string, SlotScalar> {
  const domain = keys.get("domain")?.text() ?? keys.get("id")?.text().split(".")[0];
  if (!domain) node.fail('an entity needs an "id" such as light.kitchen, or a "domain"');
  const context: Record<string, SlotScalar> = { domain: domain ?? "" };
  for (const [key, value] of keys.get("attributes")?.entries() ?? [])
    if (!value.isMap && !value.isList && !value.isNull) context[key] = value.scalar();
  return context;
}
