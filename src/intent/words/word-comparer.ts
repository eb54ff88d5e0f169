import { BitDistance } from "./bit-distance.ts";
import { PhoneAlignment, type PhoneDistance } from "./phone-alignment.ts";

/** How a word is said: one or more sequences of phones. Empty when that is not known. */
type Pronounce = (word: string) => readonly (readonly string[])[];

export type Sound = { readonly pronounce: Pronounce; readonly distance: PhoneDistance };

/** Per word: the ways to say it, each a sequence of phones. */
export type SpokenWords = readonly (readonly (readonly string[])[])[];

/** A way to say a word: its phones as numbers, and as letters of a made-up script. */
type Spoken = { readonly phones: Uint8Array; readonly code: string };

/** Words further apart than this, 0 … 1, are not taken for each other. */
const MAX_DISTANCE = 0.55;
/** Words that were run together are not misheard as well, or hardly. */
const MAX_JOINED_DISTANCE = 0.26;
const MOST_JOINED_FORMS = 2;
/** Words that sound alike and are written differently. */
const HOMOPHONE = 0.01;
const ACCENT = 0.03;
/** Of two words that sound alike, at least this share of the phones is the same. */
const LEAST_EQUAL = 0.34;
/** Of three phones one may do ("salle" for "son"); they are at least this far apart then. */
const FEW_PHONES = 3;
const ONE_OF_FEW_EQUAL = 0.5;
const MAX_REMEMBERED = 2000;
const MAX_LETTERS = 31;

/** Words of the automaton that are near to one, by their indices, and how far they are: 0 the same … 0.55. */
export type NearWords = {
  readonly words: readonly number[];
  readonly distances: readonly number[];
};

/** A way in which one or more of an automaton's words are said. */
type Form = { readonly spoken: Spoken; readonly words: readonly number[] };

/** Compares words as they are written and as they sound with all words of an automaton. */
export class WordComparer {
  readonly #folded: readonly string[];
  readonly #words: readonly string[];
  readonly #sound: Sound | undefined;
  readonly #phones: PhoneAlignment | undefined;
  readonly #known = new Map<string, NearWords>();
  readonly #nearest: Float32Array;
  #forms: readonly Form[] | undefined;

  /** `forms`: how the words are said, if that is known already. */
  constructor(words: readonly string[], sound?: Sound, forms?: SpokenWords) {
    this.#words = words;
    this.#folded = words.map(fold);
    this.#sound = sound;
    this.#phones = sound && new PhoneAlignment(sound.distance);
    this.#nearest = new Float32Array(words.length);
    if (forms) this.#forms = this.#gather(forms);
  }

  /** The words near to this one. `parts`: the words that it was put together from, which sound as they do alone. */
  near(text: string, parts?: readonly string[]): NearWords {
    const key = parts ? parts.join(" ") : text;
    const known = this.#known.get(key);
    if (known) return known;
    const near = this.#measure(text, parts);
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(key, near);
    return near;
  }

  #measure(text: string, parts: readonly string[] | undefined): NearWords {
    const words: number[] = [];
    const distances: number[] = [];
    if (text.length > MAX_LETTERS) return { words, distances };
    const most = parts ? MAX_JOINED_DISTANCE : MAX_DISTANCE;
    const nearest = this.#nearest;
    const folded = fold(text);
    const letters = new BitDistance(folded);
    for (let i = 0; i < nearest.length; i++) {
      const word = this.#folded[i] ?? "";
      nearest[i] =
        word === folded && this.#words[i] !== text ? ACCENT : written(word, folded, letters, most);
    }
    for (const spoken of parts ? this.#sayTogether(parts) : this.#say(text))
      this.#listen(spoken, most);
    for (let i = 0; i < nearest.length; i++) {
      const distance = nearest[i] ?? Infinity;
      if (distance > most) continue;
      words.push(i);
      distances.push(distance);
    }
    return { words, distances };
  }

  /** Brings every word as near as it sounds. */
  #listen(heard: Spoken, most: number): void {
    const nearest = this.#nearest;
    const bits = new BitDistance(heard.code);
    this.#forms ??= this.#gather(this.#words.map((word) => this.#sound?.pronounce(word) ?? []));
    for (const { spoken, words } of this.#forms) {
      const distance = this.#heard(heard, bits, spoken, most);
      if (distance > most) continue;
      for (const word of words)
        if (distance < (nearest[word] ?? Infinity)) nearest[word] = distance;
    }
  }

  /** Distances of `limit` and more may come back as Infinity. */
  #heard(a: Spoken, bits: BitDistance, b: Spoken, limit: number): number {
    const longer = Math.max(a.phones.length, b.phones.length);
    const shorter = Math.min(a.phones.length, b.phones.length);
    if (shorter < longer * (1 - MAX_DISTANCE) || !this.#phones) return Infinity;
    if (a.code === b.code) return HOMOPHONE;
    const unequal = bits.to(b.code);
    const isFar = unequal > longer * (1 - LEAST_EQUAL);
    if (isFar && (shorter !== FEW_PHONES || longer !== FEW_PHONES || unequal === FEW_PHONES))
      return Infinity;
    const distance = HOMOPHONE + this.#phones.distance(a.phones, b.phones, limit * longer) / longer;
    return isFar ? Math.max(distance, ONE_OF_FEW_EQUAL) : distance;
  }

  /** Many words are said alike: "allume", "allumes", "allument". */
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
      const forms = this.#sound?.pronounce(part).slice(0, MOST_JOINED_FORMS) ?? [];
      together = together.flatMap((before) => forms.map((form) => [...before, ...form]));
    }
    return together.map((form) => this.#toSpoken(form));
  }

  #toSpoken(form: readonly string[]): Spoken {
    const phones = Uint8Array.from(form, (phone) => this.#phones?.number(phone) ?? 0);
    return { phones, code: String.fromCharCode(...Array.from(phones, (phone) => phone + 0x100)) };
  }
}

function written(a: string, b: string, bits: BitDistance, most: number): number {
  const longer = Math.max(a.length, b.length);
  if (Math.abs(a.length - b.length) > longer * most) return Infinity;
  return (isSwapped(a, b) ? 1 : bits.to(a)) / longer;
}

/** Two neighbouring letters in the wrong order: "lmap". */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return (
    i + 1 < a.length && a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2)
  );
}

/** Without accents and apostrophes. */
function fold(word: string): string {
  return word
    .normalize("NFD")
    .replace(/[\p{M}']/gu, "")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae");
}
