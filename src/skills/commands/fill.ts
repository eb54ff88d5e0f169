import type { Slots } from "../host/skill-events.ts";

const FIELD = /\$\{([A-Z_][A-Z0-9_]*)\}|\{([A-Za-z_][\w-]*)\}/g;

/** The {slots} and ${VARIABLES} of the texts in a value, however deep. */
export function fieldsIn(value: unknown): { slots: string[]; variables: string[] } {
  const found = { slots: new Set<string>(), variables: new Set<string>() };
  for (const [, variable, slot] of (JSON.stringify(value) ?? "").matchAll(FIELD)) {
    if (variable !== undefined) found.variables.add(variable);
    if (slot !== undefined) found.slots.add(slot);
  }
  return { slots: [...found.slots], variables: [...found.variables] };
}

/**
 * A text with its {slots} and ${VARIABLES} filled in.
 * @param encode makes a slot safe where it is put: in a URL
 */
export function fill(
  text: string,
  slots: Slots,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replaceAll(FIELD, (_all, variable?: string, slot?: string) =>
    variable === undefined ? encode(textOf(slots[slot ?? ""])) : (process.env[variable] ?? ""),
  );
}

/** The same in every text of a JSON value; a text that is one slot and nothing else keeps the slot's type. */
export function fillJson(value: unknown, slots: Slots): unknown {
  if (Array.isArray(value)) return value.map((part) => fillJson(part, slots));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fillJson(v, slots)]));
  }
  if (typeof value !== "string") return value;
  const [, only] = /^\{([A-Za-z_][\w-]*)\}$/.exec(value) ?? [];
  return only === undefined ? fill(value, slots) : (slots[only] ?? null);
}

/** The same in every text of a flat object. */
export function fillTexts<T extends object>(texts: T, slots: Slots): T {
  const filled = Object.entries(texts).map(([key, value]) => [
    key,
    typeof value === "string" ? fill(value, slots) : value,
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts stay texts
  return Object.fromEntries(filled) as T;
}

function textOf(value: Slots[string] | undefined): string {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}
