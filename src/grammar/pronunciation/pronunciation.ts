/** One way to say a word. */
export type Pronunciation = {
  /** Symbols of the speech model's `phones`; never empty. */
  readonly phones: readonly string[];
  /** −log of the probability relative to the word's most likely form, nats (≥ 0). */
  readonly costNats: number;
  /**
   * Said only where the next word begins with such a sound: a liaison ("les‿amis") or the reduced form of "the".
   * Absent: anywhere, also at the end.
   */
  readonly before?: "vowel" | "consonant";
};

/**
 * Keeps the cheaper of equal forms, shifts the costs so that the cheapest is 0, and returns at most `max`, cheapest
 * first.
 */
export function rankPronunciations(
  forms: readonly Pronunciation[],
  max: number,
): readonly Pronunciation[] {
  const unique = new Map<string, Pronunciation>();
  for (const form of forms) {
    const key = `${form.phones.join(" ")}|${form.before ?? ""}`;
    const known = unique.get(key);
    if (form.phones.length > 0 && (known === undefined || form.costNats < known.costNats)) {
      unique.set(key, form);
    }
  }
  // An unconditional form makes a conditional one with the same phones redundant, unless it costs more.
  const kept = [...unique.values()].filter((form) => {
    const free = form.before && unique.get(`${form.phones.join(" ")}|`);
    return !free || free.costNats > form.costNats;
  });
  const ranked = kept.toSorted((a, b) => a.costNats - b.costNats).slice(0, max);
  const cheapest = ranked[0]?.costNats ?? 0;
  return cheapest === 0
    ? ranked
    : ranked.map((form) => ({ ...form, costNats: form.costNats - cheapest }));
}

/** Every form of the first part followed by every form of the second, costs added. */
export function concatenatePronunciations(
  first: readonly Pronunciation[],
  second: readonly Pronunciation[],
): Pronunciation[] {
  return first.flatMap((a) =>
    second
      .filter((b) => a.before === undefined || a.before === firstSound(b.phones))
      .map((b) => ({
        phones: [...a.phones, ...b.phones],
        costNats: a.costNats + b.costNats,
        ...(b.before && { before: b.before }),
      })),
  );
}

/** Whether phones begin with a vowel or a consonant. */
function firstSound(phones: readonly string[]): "vowel" | "consonant" {
  return isVowel(phones[0] ?? "") ? "vowel" : "consonant";
}

const VOWEL = /^[aeiouyæøœɑɔəɚɛɪʊʌ]/;

/** Whether a phone symbol is a vowel (diphthongs and "ɚ" are). */
export function isVowel(phone: string): boolean {
  return VOWEL.test(phone);
}
