import type { Pronunciation } from "./pronunciation.ts";

/**
 * A regular way in which people's speech differs from the dictionary. `phones` is the form as a string with a
 * blank around every phone (" k æ m ɚ ə "); the rule returns the other form, or undefined where it does not apply.
 */
export type VariantRule = {
  readonly name: string;
  readonly costNats: number;
  readonly before?: "vowel" | "consonant";
  /** Changes the last sound: not for forms that already depend on the next word. */
  readonly atEnd?: boolean;
  readonly apply: (phones: string, word: string) => string | undefined;
};

const MOST_WHILE_EXPANDING = 24;
const HIGHEST_COST_NATS = 3;

/**
 * Forms with all that the rules make of them. Rules combine, in their order; what costs more than 3 nats in all
 * is dropped.
 */
export function applyVariantRules(
  forms: readonly Pronunciation[],
  rules: readonly VariantRule[],
  word: string,
): Pronunciation[] {
  const all = [...forms];
  const seen = new Set(all.map((form) => form.phones.join(" ")));
  for (const rule of rules) {
    for (const form of all.slice()) {
      const costNats = form.costNats + rule.costNats;
      if (costNats > HIGHEST_COST_NATS || all.length >= MOST_WHILE_EXPANDING) continue;
      if ((rule.before || rule.atEnd) && form.before) continue;
      const changed = rule.apply(` ${form.phones.join(" ")} `, word)?.trim();
      if (!changed || seen.has(changed)) continue;
      seen.add(changed);
      const before = form.before ?? rule.before;
      all.push({ phones: changed.split(/ +/), costNats, ...(before && { before }) });
    }
  }
  return all;
}

/** A rule that replaces by pattern, wherever it matches. */
export function rewrite(
  name: string,
  costNats: number,
  pattern: RegExp,
  replacement: string,
  where: {
    readonly spelt?: RegExp;
    readonly before?: "vowel" | "consonant";
    readonly atEnd?: boolean;
  } = {},
): VariantRule {
  return {
    name,
    costNats,
    ...(where.before && { before: where.before }),
    ...(where.atEnd && { atEnd: true }),
    apply(phones, word) {
      if (where.spelt && !where.spelt.test(word)) return undefined;
      const changed = phones.replace(pattern, replacement);
      return changed === phones ? undefined : changed;
    },
  };
}
