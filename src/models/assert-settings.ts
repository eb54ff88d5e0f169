/** The least and the greatest value of a number, both allowed; "whole": integers only. */
type Range = readonly [min: number, max: number, whole?: "whole"];

/** The range of each number of some settings, in their shape; for a list, one range for all its numbers. */
export type Ranges<T> = {
  readonly [K in keyof T]: T[K] extends number
    ? Range
    : T[K] extends readonly number[]
      ? readonly [Range]
      : Ranges<T[K]>;
};

type Shape = Range | readonly [Range] | { readonly [field: string]: Shape };

/**
 * Asserts that a section of model.json has each field of its ranges, none more, and each number in its range.
 * @param name of the section, for messages
 * @throws what `fail` makes of the first mistake: one line that names the field and the rule
 */
export function assertSettings<T>(
  name: string,
  ranges: Ranges<T>,
  value: unknown,
  fail: (what: string) => Error,
): asserts value is T {
  check(name, ranges, value, fail);
}

function check(name: string, shape: Shape, value: unknown, fail: (what: string) => Error): void {
  if (isRange(shape)) return checkNumber(name, shape, value, fail);
  if (isList(shape)) {
    if (!Array.isArray(value)) throw fail(`"${name}" in model.json must be a list of numbers`);
    for (const [i, each] of value.entries()) checkNumber(`${name}[${i}]`, shape[0], each, fail);
    return;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw fail(`"${name}" in model.json must be an object`);
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const field of fields.keys()) {
    if (!Object.hasOwn(shape, field)) {
      throw fail(`"${name}.${field}" in model.json is not a known setting`);
    }
  }
  for (const [field, inner] of Object.entries(shape)) {
    if (!fields.has(field)) throw fail(`"${name}.${field}" is missing in model.json`);
    check(`${name}.${field}`, inner, fields.get(field), fail);
  }
}

function checkNumber(
  name: string,
  [min, max, whole]: Range,
  value: unknown,
  fail: (what: string) => Error,
): void {
  const isAllowed =
    typeof value === "number" &&
    value >= min &&
    value <= max &&
    (whole === undefined || Number.isInteger(value));
  if (isAllowed) return;
  const kind = whole === undefined ? "a number" : "a whole number";
  const given = typeof value === "number" ? String(value) : JSON.stringify(value);
  throw fail(`"${name}" in model.json must be ${kind} from ${min} to ${max}, not ${given}`);
}

function isRange(shape: Shape): shape is Range {
  return Array.isArray(shape) && typeof shape[0] === "number";
}

function isList(shape: Shape): shape is readonly [Range] {
  return Array.isArray(shape);
}
