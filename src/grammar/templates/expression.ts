/** A parsed sentence template. Text keeps its spaces, since they separate words ("light[s]", "l'{name}"). */
export type Expression =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "sequence"; readonly items: readonly Expression[] }
  /** `optional`: saying nothing is an alternative too. */
  | {
      readonly type: "alternatives";
      readonly items: readonly Expression[];
      readonly optional: boolean;
    }
  /** All items, in any order, with a space between. */
  | { readonly type: "permutation"; readonly items: readonly Expression[] }
  | { readonly type: "rule"; readonly name: string; readonly offset: number }
  | {
      readonly type: "list";
      readonly name: string;
      readonly slot: string;
      readonly offset: number;
    }
  | {
      readonly type: "range";
      readonly range: NumberRange;
      readonly slot: string;
      readonly offset: number;
    };

/** Numbers from `from` to `to`, both included. The value of the slot is the spoken number times `multiplier`. */
export type NumberRange = {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly multiplier: number;
  /** Fractions that may follow the number: "twenty one and a half". */
  readonly fractions: "none" | "halves" | "tenths";
};

/** Whether the expression has one text: no alternatives, lists or rules. */
export function isLiteral(expression: Expression): boolean {
  if (expression.type === "text") return true;
  return expression.type === "sequence" && expression.items.every(isLiteral);
}

/** The text of a literal expression. */
export function literalText(expression: Expression): string {
  if (expression.type === "text") return expression.text;
  return expression.type === "sequence" ? expression.items.map(literalText).join("") : "";
}

/** The expression itself and every expression inside it. */
export function* everyExpression(expression: Expression): Generator<Expression> {
  yield expression;
  if (
    expression.type === "sequence" ||
    expression.type === "alternatives" ||
    expression.type === "permutation"
  ) {
    for (const item of expression.items) yield* everyExpression(item);
  }
}
