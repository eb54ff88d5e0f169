import { EarshotError } from "../../errors.ts";
import type { Expression } from "./expression.ts";
import type { Template } from "./templates.ts";

/** Bounds the texts of one name with many alternatives. */
const MAX_TEXTS = 1000;

/**
 * Every text that a template without lists or rules accepts: "lamp[s]" → lamp, lamps.
 * @throws EarshotError TEMPLATES_INVALID for lists and rules, and for more than 1000 texts
 */
export function expandTexts(template: Template): string[] {
  const texts = expand(template.expression, template);
  return [...new Set(texts.map((text) => text.replace(/\s+/g, " ").trim()))].filter(Boolean);
}

function expand(expression: Expression, template: Template): string[] {
  switch (expression.type) {
    case "text":
      return [expression.text];
    case "sequence":
      return expression.items.reduce(
        (before, item) =>
          bounded(
            before.flatMap((a) => expand(item, template).map((b) => a + b)),
            template,
          ),
        [""],
      );
    case "alternatives":
      return bounded(
        [
          ...expression.items.flatMap((item) => expand(item, template)),
          ...(expression.optional ? [""] : []),
        ],
        template,
      );
    case "permutation":
      return bounded(
        orders(expression.items).flatMap((items) =>
          expand({ type: "sequence", items: items.flatMap((item) => [item, SPACE]) }, template),
        ),
        template,
      );
    case "rule":
    case "list":
    case "range":
      return invalid(
        template,
        "a name may have alternatives, but no lists or rules",
        expression.offset,
      );
  }
}

const SPACE: Expression = { type: "text", text: " " };

function orders(items: readonly Expression[]): Expression[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => orders(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

function bounded(texts: string[], template: Template): string[] {
  return texts.length > MAX_TEXTS
    ? invalid(template, `a name stands for more than ${MAX_TEXTS} texts`, 0)
    : texts;
}

function invalid(template: Template, message: string, offset: number): never {
  const place = template.at(offset);
  throw new EarshotError("TEMPLATES_INVALID", `${place}: ${message}`, { place });
}
