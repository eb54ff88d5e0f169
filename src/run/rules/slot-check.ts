import type { SlotValue } from "../../grammar/automaton.ts";
import type { SlotFinding } from "./outcome.ts";
import { similarity } from "./similarity.ts";

/** The rule for one slot of an intent. */
export type SlotCheck = {
  readonly isRequired: boolean;
  /** Numbers below and above become these. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Free words are taken for the most similar of these names. */
  readonly catalogue: readonly string[] | undefined;
  /** A name less similar than this, 0…1, is none of the catalogue. */
  readonly rejectBelow: number;
  /** A name at least this similar is certain; between the two thresholds it is hedged. */
  readonly confirmFrom: number;
};

/** Undefined: there is nothing to say against it. */
export function checkSlot(
  slot: string,
  value: SlotValue | undefined,
  check: SlotCheck,
): SlotFinding | undefined {
  if (value === undefined || value === "") {
    return check.isRequired ? { outcome: "missing", slot } : undefined;
  }
  if (typeof value === "number") return cap(slot, value, check);
  return check.catalogue === undefined ? undefined : find(slot, String(value), check);
}

function cap(slot: string, value: number, { min, max }: SlotCheck): SlotFinding | undefined {
  const capped = Math.max(min ?? -Infinity, Math.min(max ?? Infinity, value));
  return capped === value ? undefined : { outcome: "capped", slot, value: capped };
}

function find(
  slot: string,
  said: string,
  { catalogue = [], rejectBelow, confirmFrom }: SlotCheck,
): SlotFinding | undefined {
  let best = "";
  let bestScore = -1;
  for (const name of catalogue) {
    const score = similarity(said, name);
    if (score > bestScore) [best, bestScore] = [name, score];
  }
  if (bestScore < rejectBelow) return { outcome: "rejected", slot };
  if (bestScore < confirmFrom) return { outcome: "hedged", slot, value: best };
  return best === said ? undefined : { outcome: "confirmed", slot, value: best };
}
