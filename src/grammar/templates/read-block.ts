import type { SlotScalar, SlotValue } from "../automaton.ts";
import { readLists, readSlotValue } from "./read-lists.ts";
import { readTemplate } from "./read-template.ts";
import type { Block, List, Template } from "./templates.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

const BLOCK_KEYS = [
  ..."sentences slots requires_context excludes_context expansion_rules lists required_keywords".split(
    " ",
  ),
  ..."required_slots priority name_domains inferred_domain".split(" "),
  // These do not affect understanding.
  ..."response metadata example speech_to_phrase".split(" "),
];

/** Properties of an intent (or its file) that all of its blocks share. */
export type BlockDefaults = {
  readonly intent: string;
  readonly priority: number;
  readonly requiredSlots: readonly string[];
  /** The area is where the speaker is. */
  readonly contextArea: boolean;
  /** Named sets of domains that `name_domains` may refer to. */
  readonly domainGroups: ReadonlyMap<string, readonly string[]>;
};

/** Reads one entry of `data:`. */
export function readBlock(node: YamlValue, defaults: BlockDefaults): Block {
  const keys = node.record(BLOCK_KEYS, `the sentences of ${defaults.intent}`);
  const sentences = keys.get("sentences") ?? node.fail('expected "sentences" here');
  const required = readRequired(keys.get("requires_context"));
  const slots = readSlots(keys.get("slots"));
  const nameDomains = keys.get("name_domains");
  const inferredDomain = keys.get("inferred_domain");
  if (nameDomains) required.context["domain"] = readDomains(nameDomains, defaults);
  else if (inferredDomain) slots["domain"] ??= readSlotValue(inferredDomain);
  if (defaults.contextArea) required.slots.push("area");
  return {
    intent: defaults.intent,
    sentences: sentences.items().map(readTemplate),
    slots,
    requiresContext: required.context,
    contextSlots: required.slots,
    excludesContext: readExcluded(keys.get("excludes_context")),
    requiredKeywords: texts(keys.get("required_keywords")),
    requiredSlots: [...defaults.requiredSlots, ...texts(keys.get("required_slots"))],
    priority: keys.get("priority")?.number() ?? defaults.priority,
    rules: readRules(keys.get("expansion_rules")),
    lists: readLocalLists(keys.get("lists")),
  };
}

/** Reads `examples:`, phrases that may name lists and rules as templates do. */
export function readExamples(node: YamlValue, defaults: BlockDefaults): Block {
  return {
    intent: defaults.intent,
    sentences: node.itemsOrOne().map(readTemplate),
    slots: {},
    requiresContext: {},
    contextSlots: [],
    excludesContext: {},
    requiredKeywords: [],
    requiredSlots: defaults.requiredSlots,
    priority: defaults.priority,
    rules: new Map(),
    lists: new Map(),
  };
}

/** Reads `expansion_rules:`, a map of rule name → template. */
export function readRules(node: YamlValue | undefined): Map<string, Template> {
  return new Map((node?.entries() ?? []).map(([name, body]) => [name, readTemplate(body)]));
}

/** A text, or a list of texts; nothing when absent. */
export function texts(node: YamlValue | undefined): string[] {
  if (!node || node.isNull) return [];
  return node.itemsOrOne().map((item) => item.text());
}

function readLocalLists(node: YamlValue | undefined): Map<string, List> {
  const lists = new Map<string, List>();
  if (node) readLists(node, lists);
  return lists;
}

function readSlots(node: YamlValue | undefined): Record<string, SlotValue> {
  return Object.fromEntries(
    (node?.entries() ?? []).map(([key, value]) => [key, readSlotValue(value)]),
  );
}

/** `key: value`, `key: [values]`, `key: null` (any value), `key: { value, slot: true }` (becomes a slot too). */
function readRequired(node: YamlValue | undefined): {
  context: Record<string, readonly SlotScalar[] | null>;
  slots: string[];
} {
  const context: Record<string, readonly SlotScalar[] | null> = {};
  const slots: string[] = [];
  for (const [key, value] of node?.entries() ?? []) {
    const detail = value.isMap ? value.record(["value", "slot"], "requires_context") : undefined;
    const accepted = detail ? detail.get("value") : value;
    if (detail?.get("slot")?.flag()) slots.push(key);
    else context[key] = null;
    if (accepted && !accepted.isNull)
      context[key] = accepted.itemsOrOne().map((item) => item.scalar());
  }
  return { context, slots };
}

function readExcluded(node: YamlValue | undefined): Record<string, readonly SlotScalar[]> {
  const excluded: Record<string, readonly SlotScalar[]> = {};
  for (const [key, value] of node?.entries() ?? []) {
    const values = value.isMap ? value.record(["value"], "excludes_context").get("value") : value;
    excluded[key] = (values?.itemsOrOne() ?? []).map((item) => item.scalar());
  }
  return excluded;
}

function readDomains(node: YamlValue, defaults: BlockDefaults): readonly string[] {
  const group = node.isList ? undefined : defaults.domainGroups.get(node.text());
  return group ?? texts(node);
}
