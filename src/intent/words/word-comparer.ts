import { BitDistance } from "./bit-distance.ts";

/** How a word is said: one or more sequences of phones. Empty when that is not known. */
export type Pronounce = (word: string) => readonly (readonly string[])[];
/** How differently two sequences of phones sound, in phones. */
export type PhoneDistance = (a: readonly string[], b: readonly string[]) => number;

export type Sound = { readonly pronounce: Pronounce; readonly distance: PhoneDistance };

type Spoken = { readonly phones: readonly string[]; readonly code: string };

/** Words further apart than this, 0 … 1, are not taken for each other. */
const MAX_DISTANCE = 0.55;
const ACCENT_COST = 0.03;
const MAX_REMEMBERED = 2000;

/** Compares words as they are written and as they sound with all words of an automaton. */
export class WordComparer {
  readonly #words: readonly string[];
  readonly #folded: readonly string[];
  #spoken: readonly (readonly Spoken[])[] | undefined;
  readonly #sound: Sound | undefined;
  readonly #codes = new Map<string, string>();
  readonly #known = new Map<string, Float32Array>();

  constructor(words: readonly string[], sound?: Sound) {
    this.#words = words;
    this.#sound = sound;
    this.#folded = words.map(fold);
  }

  /** Per word of the automaton, how far it is from this one: 0 the same … 0.55; Infinity when further. */
  distances(text: string): Float32Array {
    const known = this.#known.get(text);
    if (known) return known;
    const distances = this.#measure(text);
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(text, distances);
    return distances;
  }

  #measure(text: string): Float32Array {
    this.#spoken ??= this.#words.map((word) => this.#say(word));
    const folded = fold(text);
    const letters = new BitDistance(folded);
    const spoken = this.#say(text).map((form) => ({ form, bits: new BitDistance(form.code) }));
    const distances = new Float32Array(this.#words.length).fill(Infinity);
    for (let i = 0; i < distances.length; i++) {
      const word = this.#folded[i] ?? "";
      let distance = Infinity;
      const longer = Math.max(word.length, folded.length);
      if (Math.abs(word.length - folded.length) <= longer * MAX_DISTANCE)
        distance = (isSwapped(word, folded) ? 1 : letters.to(word)) / longer;
      if (word === folded && this.#words[i] !== text) distance = ACCENT_COST;
      for (const { form, bits } of spoken)
        for (const other of this.#spoken[i] ?? [])
          distance = Math.min(distance, this.#soundDistance(form, bits, other));
      if (distance <= MAX_DISTANCE) distances[i] = distance;
    }
    return distances;
  }

  #soundDistance(a: Spoken, bits: BitDistance, b: Spoken): number {
    const longer = Math.max(a.phones.length, b.phones.length);
    if (longer === 0 || Math.abs(a.phones.length - b.phones.length) > longer * MAX_DISTANCE)
      return Infinity;
    if (a.code === b.code) return 0.01;
    // Every phone that differs costs more than a fifth of one.
    if (bits.to(b.code) * 0.2 > longer * MAX_DISTANCE) return Infinity;
    return 0.01 + (this.#sound?.distance(a.phones, b.phones) ?? Infinity) / longer;
  }

  #say(word: string): Spoken[] {
    return (this.#sound?.pronounce(word) ?? []).map((phones) => ({
      phones,
      code: phones.map((phone) => this.#codeOf(phone)).join(""),
    }));
  }

  #codeOf(phone: string): string {
    const known = this.#codes.get(phone);
    if (known) return known;
    const code = String.fromCharCode(0x100 + this.#codes.size);
    this.#codes.set(phone, code);
    return code;
  }
}

/** Two neighbouring letters in the wrong order: "lmap". */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return (
    a[i] === b[i + 1] && a[i + 1] === b[i] && i + 1 < a.length && a.slice(i + 2) === b.slice(i + 2)
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
