import type { SlotScalar, SlotValue } from "../automaton.ts";
import { isLiteral, type NumberRange } from "./expression.ts";
import { readTemplate } from "./read-template.ts";
import { VALUE_TYPES } from "../values/value-type.ts";
import { suggestion } from "../../base/edit-distance.ts";
import type { List, ListEntry } from "./templates.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

const LIST_KEYS = ["values", "range", "wildcard", "type", "metadata"];
const VALUE_KEYS = ["in", "out", "context", "metadata", "requires_context"];
const RANGE_KEYS =
  "from to step multiplier fractions type digits words words_language words_ruleset".split(" ");
const FRACTIONS: Readonly<Record<string, NumberRange["fractions"]>> = {
  halves: "halves",
  tenths: "tenths",
};

/** Reads `lists:`, a map of list name → definition, into `lists`. */
export function readLists(node: YamlValue, lists: Map<string, List>): void {
  for (const [name, definition] of node.entries()) lists.set(name, readList(definition, name));
}

function readList(node: YamlValue, name: string): List {
  if (node.isList) return { type: "values", entries: node.items().map(readEntry) };
  const keys = node.record(LIST_KEYS, `list "${name}"`);
  const values = keys.get("values");
  if (values) return { type: "values", entries: values.items().map(readEntry) };
  const range = keys.get("range");
  if (range) return { type: "range", range: readRange(range, name) };
  if (keys.get("wildcard")?.flag()) return { type: "wildcard" };
  const type = keys.get("type");
  if (type) return readValueList(type);
  return node.fail(
    `list "${name}" has no values: give it values, a range, a type, or wildcard: true`,
  );
}

/** Reads `type: duration` and the like, whose spoken forms the language defines. */
function readValueList(node: YamlValue): List {
  const of = VALUE_TYPES.find((known) => known === node.text());
  if (of) return { type: "value", of };
  return node.fail(
    `unknown type "${node.text()}": it is one of ${VALUE_TYPES.join(", ")}${suggestion(node.text(), VALUE_TYPES)}`,
  );
}

function readEntry(node: YamlValue): ListEntry {
  if (!node.isMap) {
    const said = readTemplate(node);
    return { said, value: isLiteral(said.expression) ? node.scalar() : undefined, context: {} };
  }
  const keys = node.record(VALUE_KEYS, "a list value");
  const said = readTemplate(
    keys.get("in") ?? node.fail('a list value needs "in": what people say'),
  );
  const out = keys.get("out");
  const literal = isLiteral(said.expression) ? said.text : undefined;
  return {
    said,
    value: out && !out.isNull ? readSlotValue(out) : literal,
    context: readContext(keys.get("context")),
  };
}

/** A scalar, or a list of scalars if one word stands for several things. */
export function readSlotValue(node: YamlValue): SlotValue {
  return node.isList ? node.items().map((item) => item.scalar()) : node.scalar();
}

function readContext(node: YamlValue | undefined): Record<string, SlotScalar> {
  const context: Record<string, SlotScalar> = {};
  for (const [key, value] of node?.entries() ?? []) {
    const scalar = value.isMap ? value.record(["value", "slot"], "context").get("value") : value;
    if (scalar && !scalar.isNull) context[key] = scalar.scalar();
  }
  return context;
}

function readRange(node: YamlValue, name: string): NumberRange {
  const keys = node.record(RANGE_KEYS, `the range of list "${name}"`);
  const number = (key: string): number | undefined => keys.get(key)?.number();
  const from = number("from") ?? node.fail(`the range of list "${name}" needs "from"`);
  const to = number("to") ?? node.fail(`the range of list "${name}" needs "to"`);
  const step = number("step") ?? 1;
  const whole = [from, to, step].every(Number.isInteger);
  if (!whole || from > to || step < 1)
    node.fail(`the range of list "${name}" must be whole numbers with from ≤ to and step ≥ 1`);
  const fractions = keys.get("fractions");
  return {
    from,
    to,
    step,
    multiplier: number("multiplier") ?? 1,
    fractions: fractions
      ? (FRACTIONS[fractions.text()] ?? fractions.fail("fractions are halves or tenths"))
      : "none",
  };
}
