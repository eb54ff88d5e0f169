import type { Pronunciation } from "./pronunciation.ts";

/**
 * A regular way in which people's speech differs from the dictionary. `phones` is the form as a string with a
 * blank around every phone (" k æ m ɚ ə "); the rule returns the other form, or undefined where it does not apply.
 */
export type VariantRule = {
  readonly name: string;
  readonly costNats: number;
  readonly before?: "vowel" | "consonant";
  /** It changes the last sound, and so skips forms that already depend on the next word. */
  readonly atEnd?: boolean;
  readonly apply: (phones: string, word: string) => string | undefined;
};

/** Bounds the forms of a word while rules combine. */
const MAX_FORMS = 24;
/** Forms above this cost are too rare to be worth searching. */
const MAX_COST_NATS = 3;

/** The forms and all variants of them. Rules combine in their order; variants above 3 nats are dropped. */
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
      if (costNats > MAX_COST_NATS || all.length >= MAX_FORMS) continue;
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

/** A rule that replaces every match of a pattern. */
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
