import { type BlockDefaults, readBlock, readExamples, readRules, texts } from "./read-block.ts";
import { readLists } from "./read-lists.ts";
import { readPronounce } from "./read-pronounce.ts";
import type { Language } from "../../languages/language.ts";
import type { UserWay } from "../pronunciation/user-pronunciations.ts";
import type { Block, List, Template } from "./templates.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

const FILE_KEYS = [
  ..."language intents lists expansion_rules skip_words pronounce responses settings".split(" "),
  // A file of one slot combination; its folder is named after the intent.
  ..."data examples negatives priority required_slots check".split(" "),
];
const INTENT_KEYS = "data examples negatives priority required_slots description check".split(" ");
const INTENT_ADVICE = new Map([["sentences", "put it under data: - sentences:"]]);

/** Templates gathered from files so far; a later definition of a name wins. */
export type Gathered = {
  readonly language: Language;
  readonly blocks: Block[];
  readonly rules: Map<string, Template>;
  readonly lists: Map<string, List>;
  readonly pronounce: Map<string, readonly UserWay[]>;
  readonly skipWords: string[];
  readonly examples: Block[];
  readonly negatives: string[];
};

export type SlotCombination = Pick<BlockDefaults, "contextArea" | "domainGroups">;
const NO_COMBINATION: SlotCombination = { contextArea: false, domainGroups: new Map() };

/** The language that a file declares, if any. */
export function languageOf(file: YamlValue): string | undefined {
  return file.isMap
    ? file
        .entries()
        .find(([key]) => key === "language")?.[1]
        .text()
    : undefined;
}

/** Adds the contents of a file of templates. `folder` names the intent of a file with `data` at the top level. */
export function gatherTemplates(
  file: YamlValue,
  folder: string,
  gathered: Gathered,
  combination: SlotCombination = NO_COMBINATION,
): void {
  const keys = file.record(FILE_KEYS, "a file of templates");
  for (const [name, rule] of readRules(keys.get("expansion_rules"))) gathered.rules.set(name, rule);
  const lists = keys.get("lists");
  if (lists) readLists(lists, gathered.lists);
  const pronounce = keys.get("pronounce");
  if (pronounce) readPronounce(pronounce, gathered.language, gathered.pronounce);
  gathered.skipWords.push(...texts(keys.get("skip_words")));
  for (const [name, intent] of keys.get("intents")?.entries() ?? []) {
    const own = intent.record(INTENT_KEYS, `intent ${name}`, INTENT_ADVICE);
    readIntent(own, name, gathered, NO_COMBINATION);
  }
  if (["data", "examples", "negatives"].some((key) => keys.has(key)))
    readIntent(keys, folder, gathered, combination);
}

function readIntent(
  keys: ReadonlyMap<string, YamlValue>,
  intent: string,
  gathered: Gathered,
  combination: SlotCombination,
): void {
  const defaults: BlockDefaults = {
    intent,
    priority: keys.get("priority")?.number() ?? 0,
    requiredSlots: texts(keys.get("required_slots")),
    ...combination,
  };
  const groups = keys.get("data")?.items() ?? [];
  for (const group of withoutLeanCopies(groups)) gathered.blocks.push(readBlock(group, defaults));
  const examples = keys.get("examples");
  if (examples && !examples.isNull) gathered.examples.push(readExamples(examples, defaults));
  gathered.negatives.push(...texts(keys.get("negatives")));
}

/** Drops groups marked `speech_to_phrase`, which repeat parts of the unmarked ones. */
function withoutLeanCopies(groups: YamlValue[]): YamlValue[] {
  const full = groups.filter(
    (group) => !group.entries().some(([key, value]) => key === "speech_to_phrase" && value.flag()),
  );
  return full.length > 0 ? full : groups;
}
