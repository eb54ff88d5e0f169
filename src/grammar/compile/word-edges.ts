import type { Expression } from "../templates/expression.ts";
import type { Template } from "../templates/templates.ts";
import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";

/** Whether words may straddle the edges of an expression. */
export type Edges = {
  /** It may begin in the middle of a word: "s" in "light[s]". */
  readonly joinsBefore: boolean;
  /** It may end in the middle of a word: "light" in "light[s]". */
  readonly joinsAfter: boolean;
  /** It may be empty. */
  readonly empty: boolean;
};

const APART: Edges = { joinsBefore: false, joinsAfter: false, empty: false };

/** Finds where words may straddle the parts of a template. `rule` gives the body of a rule. */
export function edgesOf(
  expression: Expression,
  language: Language,
  rule: (name: string) => Template | undefined,
): Edges {
  const of = (item: Expression): Edges => edgesOf(item, language, rule);
  switch (expression.type) {
    case "text":
      return edgesOfText(expression.text, language);
    case "list":
    case "range":
      return APART;
    case "rule": {
      const body = rule(expression.name);
      return body ? of(body.expression) : APART;
    }
    case "alternatives":
    case "permutation": {
      const items = expression.items.map(of);
      const isChoice = expression.type === "alternatives";
      return {
        joinsBefore: items.some((item) => item.joinsBefore),
        joinsAfter: items.some((item) => item.joinsAfter),
        empty: isChoice
          ? expression.optional || items.some((item) => item.empty)
          : items.every((item) => item.empty),
      };
    }
    case "sequence":
      return edgesOfSequence(expression.items.map(of));
  }
}

export function edgesOfSequence(items: readonly Edges[]): Edges {
  const first = items.findIndex((item) => !item.empty);
  const last = items.findLastIndex((item) => !item.empty);
  return {
    joinsBefore: items
      .slice(0, first < 0 ? items.length : first + 1)
      .some((item) => item.joinsBefore),
    joinsAfter: items.slice(Math.max(0, last)).some((item) => item.joinsAfter),
    empty: first < 0,
  };
}

function edgesOfText(text: string, language: Language): Edges {
  return {
    joinsBefore: /^[\p{L}\p{M}\p{N}']/u.test(text),
    joinsAfter: text !== "" && !endsWord(text, language),
    empty: text === "",
  };
}

/** Whether nothing that follows can be part of the last word: "la ", "l'", "%". */
export function endsWord(text: string, language: Language): boolean {
  if (!text.endsWith("'")) return !/[\p{L}\p{M}\p{N}]$/u.test(text);
  if (text === "'") return false;
  const { splitWord } = packOf(language).text;
  const word = /[^\s-]*$/.exec(text.toLowerCase())?.[0] ?? "";
  return splitWord(word).length > 0 && splitWord(`${word}x`).at(-1) === "x";
}
