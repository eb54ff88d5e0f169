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
