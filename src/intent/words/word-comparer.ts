import type { WordSettings } from "../settings/word-settings.ts";
import { BitDistance, MAX_PATTERN_LETTERS } from "./bit-distance.ts";
import { PhoneAlignment, type PhoneDistance } from "./phone-alignment.ts";

/** The pronunciations of a word, each a sequence of phones; empty if unknown. */
type Pronounce = (word: string) => readonly (readonly string[])[];

export type Sound = { readonly pronounce: Pronounce; readonly distance: PhoneDistance };

/** Per word: its pronunciations, each a sequence of phones. */
export type SpokenWords = readonly (readonly (readonly string[])[])[];

/** A pronunciation: its phones as numbers, and as a string of one character per phone. */
type Spoken = { readonly phones: Uint8Array; readonly code: string };

/** Bounds the pronunciations per word that joined words are put together from. */
const MAX_JOINED_FORMS = 2;
/** Words of this many phones may sound alike with one phone in common ("salle", "son"). */
const SHORT_WORD_PHONES = 3;
/** Bounds the cache of compared words; it is emptied when full. */
const MAX_CACHED_WORDS = 2000;

/** Words of the automaton that are near to one, by their indices, and their distances: 0 the same … 1. */
export type NearWords = {
  readonly words: readonly number[];
  readonly distances: readonly number[];
};

/** A pronunciation, and the words of the automaton that have it. */
type Form = { readonly spoken: Spoken; readonly words: readonly number[] };

/** Compares words with all words of an automaton, by spelling and by sound. */
export class WordComparer {
  readonly #folded: readonly string[];
  readonly #words: readonly string[];
  readonly #settings: WordSettings;
  readonly #sound: Sound | undefined;
  readonly #phones: PhoneAlignment | undefined;
  readonly #known = new Map<string, NearWords>();
  readonly #nearest: Float32Array;
  #forms: readonly Form[] | undefined;

  /**
   * @param sound without it words are compared by spelling alone
   * @param spoken the pronunciations of the words, if they are known already
   */
  constructor(
    words: readonly string[],
    settings: WordSettings,
    sound?: Sound,
    spoken?: SpokenWords,
  ) {
    this.#words = words;
    this.#settings = settings;
    this.#folded = words.map(fold);
    this.#sound = sound;
    this.#phones = sound && new PhoneAlignment(sound.distance);
    this.#nearest = new Float32Array(words.length);
    if (spoken) this.#forms = this.#gather(spoken);
  }

  /** The words near to this one. @param parts the words that it was joined from, which are pronounced one by one */
  near(text: string, parts?: readonly string[]): NearWords {
    const key = parts ? parts.join(" ") : text;
    const known = this.#known.get(key);
    if (known) return known;
    const near = this.#measure(text, parts);
    if (this.#known.size >= MAX_CACHED_WORDS) this.#known.clear();
    this.#known.set(key, near);
    return near;
  }

  #measure(text: string, parts: readonly string[] | undefined): NearWords {
    const words: number[] = [];
    const distances: number[] = [];
    if (text.length > MAX_PATTERN_LETTERS) return { words, distances };
    const { maxDistance, maxJoinedDistance, accentDistance } = this.#settings;
    const limit = parts ? maxJoinedDistance : maxDistance;
    const nearest = this.#nearest;
    const folded = fold(text);
    const letters = new BitDistance(folded);
    for (let i = 0; i < nearest.length; i++) {
      const word = this.#folded[i]!;
      nearest[i] =
        word === folded && this.#words[i] !== text
          ? accentDistance
          : spellingDistance(word, folded, letters, limit);
    }
    for (const spoken of parts ? this.#sayTogether(parts) : this.#say(text))
      this.#compareSound(spoken, limit);
    for (let i = 0; i < nearest.length; i++) {
      const distance = nearest[i]!;
      if (distance > limit) continue;
      words.push(i);
      distances.push(distance);
    }
    return { words, distances };
  }

  /** Lowers the distance of every word to the distance by sound. */
  #compareSound(heard: Spoken, limit: number): void {
    const nearest = this.#nearest;
    const bits = new BitDistance(heard.code);
    this.#forms ??= this.#gather(this.#words.map((word) => this.#sound?.pronounce(word) ?? []));
    for (const { spoken, words } of this.#forms) {
      const distance = this.#soundDistance(heard, bits, spoken, limit);
      if (distance > limit) continue;
      for (const word of words) if (distance < nearest[word]!) nearest[word] = distance;
    }
  }

  /** A distance of `limit` or more may come back as Infinity. */
  #soundDistance(a: Spoken, bits: BitDistance, b: Spoken, limit: number): number {
    const { maxDistance, homophoneDistance, minEqualPhones, minShortWordDistance } = this.#settings;
    const longer = Math.max(a.phones.length, b.phones.length);
    const shorter = Math.min(a.phones.length, b.phones.length);
    if (shorter < longer * (1 - maxDistance) || !this.#phones) return Infinity;
    if (a.code === b.code) return homophoneDistance;
    const unequal = bits.to(b.code);
    const isFar = unequal > longer * (1 - minEqualPhones);
    const areShort = shorter === SHORT_WORD_PHONES && longer === SHORT_WORD_PHONES;
    if (isFar && (!areShort || unequal === SHORT_WORD_PHONES)) return Infinity;
    const distance =
      homophoneDistance + this.#phones.distance(a.phones, b.phones, limit * longer) / longer;
    return isFar ? Math.max(distance, minShortWordDistance) : distance;
  }

  /** Groups words with the same pronunciation: "allume", "allumes", "allument". */
  #gather(pronounced: SpokenWords): Form[] {
    const forms = new Map<string, { spoken: Spoken; words: number[] }>();
    pronounced.forEach((ways, word) => {
      for (const way of ways) {
        const spoken = this.#toSpoken(way);
        const known = forms.get(spoken.code);
        if (!known) forms.set(spoken.code, { spoken, words: [word] });
        else if (known.words.at(-1) !== word) known.words.push(word);
      }
    });
    return [...forms.values()];
  }

  #say(word: string): Spoken[] {
    const forms = this.#sound?.pronounce(word) ?? [];
    return forms.map((form) => this.#toSpoken(form));
  }

  #sayTogether(parts: readonly string[]): Spoken[] {
    let together: (readonly string[])[] = [[]];
    for (const part of parts) {
      const forms = this.#sound?.pronounce(part).slice(0, MAX_JOINED_FORMS) ?? [];
      together = together.flatMap((before) => forms.map((form) => [...before, ...form]));
    }
    return together.map((form) => this.#toSpoken(form));
  }

  #toSpoken(form: readonly string[]): Spoken {
    const phones = Uint8Array.from(form, (phone) => this.#phones?.number(phone) ?? 0);
    return { phones, code: String.fromCharCode(...Array.from(phones, (phone) => phone + 0x100)) };
  }
}

/** @param bits compares with `b`; a distance above `limit` may come back as Infinity */
function spellingDistance(a: string, b: string, bits: BitDistance, limit: number): number {
  const longer = Math.max(a.length, b.length);
  if (Math.abs(a.length - b.length) > longer * limit) return Infinity;
  return (isSwapped(a, b) ? 1 : bits.to(a)) / longer;
}

/** Whether two neighbouring letters are swapped: "lmap". */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return (
    i + 1 < a.length && a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
  );
}

/** The word without accents and apostrophes. */
function fold(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[\p{M}']/gu, "")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae");
}
