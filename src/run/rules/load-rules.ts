import { readFileSync } from "node:fs";
import path from "node:path";
import { findFiles } from "../../grammar/templates/find-files.ts";
import { readYamlFile } from "../../grammar/templates/yaml-file.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";
import type { Language } from "../../languages/language.ts";
import type { IntentRules } from "./intent-check.ts";
import { OUTCOMES } from "./outcome.ts";
import type { SlotCheck } from "./slot-check.ts";

const CHECK_KEYS = ["slots", "replies"];
const SLOT_KEYS = ["required", "min", "max", "catalogue", "reject_below", "confirm_from"];
/** Below this a name is none of the catalogue; from that on it is one for sure. */
const REJECT_BELOW = 0.4;
const CONFIRM_FROM = 0.8;

/**
 * The `check:` of every intent that has one, in the files of sentence templates, by the intent's name. Files of other
 * languages are passed over.
 * @throws EarshotError TEMPLATES_INVALID with the place of the first mistake
 */
export function loadRules(
  paths: readonly string[],
  language: Language,
): ReadonlyMap<string, IntentRules> {
  const rules = new Map<string, IntentRules>();
  for (const { path: file } of findFiles(paths)) {
    if (!/^\s*check\s*:/m.test(readFileSync(file, "utf8"))) continue; // most have none, and may be large
    const keys = toMap(readYamlFile(file));
    const ofFile = keys.get("language")?.text() ?? language;
    if (ofFile !== language) continue;
    for (const [intent, value] of keys.get("intents")?.entries() ?? []) {
      const check = value.isMap ? toMap(value).get("check") : undefined;
      if (check !== undefined) rules.set(intent, readRules(check, intent));
    }
    const own = keys.get("check");
    // A file with one intent, which is named after its folder.
    const intent = path.basename(path.dirname(path.resolve(file)));
    if (own !== undefined) rules.set(intent, readRules(own, intent));
  }
  return rules;
}

function toMap(node: YamlValue): ReadonlyMap<string, YamlValue> {
  return new Map(node.entries().map(([key, value]) => [key, value]));
}

function readRules(node: YamlValue, intent: string): IntentRules {
  const keys = node.record(CHECK_KEYS, `the check of ${intent}`);
  const slots = (keys.get("slots")?.entries() ?? []).map(
    ([slot, value]) => [slot, readSlotCheck(value, slot)] as const,
  );
  const replies = keys.get("replies")?.record(OUTCOMES, `the replies of ${intent}`);
  const named = OUTCOMES.flatMap((outcome) => {
    const key = replies?.get(outcome);
    return key === undefined ? [] : [[outcome, key.text()] as const];
  });
  return { slots: new Map(slots), replies: new Map(named) };
}

function readSlotCheck(node: YamlValue, slot: string): SlotCheck {
  const keys = node.record(SLOT_KEYS, `the check of slot ${slot}`);
  const [min, max] = [keys.get("min")?.number(), keys.get("max")?.number()];
  if (min !== undefined && max !== undefined && min > max) {
    keys.get("max")?.fail(`max must be at least min, ${min}`);
  }
  const catalogue = keys.get("catalogue");
  const check = {
    isRequired: keys.get("required")?.flag() ?? false,
    min,
    max,
    catalogue: catalogue && readCatalogue(catalogue),
    rejectBelow: keys.get("reject_below")?.numberIn(0, 1) ?? REJECT_BELOW,
    confirmFrom: keys.get("confirm_from")?.numberIn(0, 1) ?? CONFIRM_FROM,
  };
  if (check.rejectBelow <= check.confirmFrom) return check;
  return node.fail("reject_below must not be above confirm_from");
}

/** A list of names, or a text file of them beside the YAML, one a line; "#" begins a comment. */
function readCatalogue(node: YamlValue): string[] {
  const names = node.isList ? node.items().map((item) => item.text()) : readNames(node);
  return names.length > 0 ? names : node.fail("the catalogue has no names");
}

function readNames(node: YamlValue): string[] {
  const file = path.resolve(path.dirname(node.file), node.text());
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return node.fail(`${file} cannot be read: a list of names, or a file of them, one a line`);
  }
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}
