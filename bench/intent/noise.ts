import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { BitDistance } from "../../src/intent/words/bit-distance.ts";
import type { Language } from "../../src/languages/language.ts";
import { MODEL } from "./measure.ts";

const FILLERS: Readonly<Record<Language, readonly string[]>> = {
  en: ["uh", "um", "well", "so", "like", "okay"],
  fr: ["euh", "ben", "alors", "bon", "donc", "voilà"],
};
const LETTERS = "abcdefghijklmnopqrstuvwxyzéè";
/** Number of nearest-sounding words from which a replacement is drawn. */
const NEIGHBOURS = 5;

/**
 * Corrupts sentences as a bad recogniser does. With the given probability a word becomes one that sounds like it
 * (35 %), gets one wrong letter (25 %), is dropped (20 %), is merged with the next or split (10 %), or is followed by a
 * filler (10 %). The same seed gives the same result.
 */
export class Noise {
  readonly #language: Language;
  readonly #lexicon: Lexicon;
  #random: number;

  constructor(language: Language, seed: number) {
    this.#language = language;
    this.#lexicon = new Lexicon(language);
    this.#random = seed;
  }

  spoil(sentence: string, probability: number): string {
    const words = sentence.split(/\s+/).filter(Boolean);
    const heard = words.flatMap((word) => {
      if (this.#next() >= probability) return [word];
      const kind = this.#next();
      if (kind < 0.35) return [this.#lexicon.soundsLike(word, this.#next())];
      if (kind < 0.6) return [this.#mistype(word)];
      if (kind < 0.8) return [];
      if (kind < 0.9) return [this.#respace(word)];
      return [word, this.#choose(FILLERS[this.#language])];
    });
    return heard.join(" ").replaceAll("+ ", "").replace("+", "");
  }

  #mistype(word: string): string {
    const at = Math.floor(this.#next() * word.length);
    const letter = this.#choose(LETTERS.split(""));
    const kind = this.#next();
    if (kind < 1 / 3) return word.slice(0, at) + letter + word.slice(at + 1);
    return kind < 2 / 3
      ? word.slice(0, at) + letter + word.slice(at)
      : word.slice(0, at) + word.slice(at + 1);
  }

  /** A trailing "+" merges the word with the next. */
  #respace(word: string): string {
    if (this.#next() < 0.5 || word.length < 4) return `${word}+`;
    const at = 2 + Math.floor(this.#next() * (word.length - 3));
    return `${word.slice(0, at)} ${word.slice(at)}`;
  }

  #choose<T>(from: readonly T[]): T {
    return from[Math.floor(this.#next() * from.length)] as T;
  }

  /** mulberry32 */
  #next(): number {
    this.#random = (this.#random + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#random ^ (this.#random >>> 15), 1 | this.#random);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}

/** All words of a language with the codes of their phones, from the lexicon of the embedded model. */
class Lexicon {
  readonly #entries: { readonly word: string; readonly code: string }[];
  readonly #codeOf: Map<string, string>;
  readonly #near = new Map<string, string[]>();

  constructor(language: Language) {
    const bytes = brotliDecompressSync(readFileSync(path.join(MODEL, `lexicon-${language}.br`)));
    const lines = bytes.toString("latin1").split("\n").slice(2);
    this.#entries = lines.flatMap((line) => {
      const [word = "", forms = ""] = line.split("\t");
      const code = forms.split(" ")[0]?.split("/")[0] ?? "";
      return word && code ? [{ word, code }] : [];
    });
    this.#codeOf = new Map(this.#entries.map(({ word, code }) => [word, code]));
  }

  /** Returns a similar word; an unknown word is returned unchanged. @param choice a random number, 0…1 */
  soundsLike(word: string, choice: number): string {
    const near = this.#neighbours(word.toLowerCase().replace(/^\W+|[^\p{L}]+$/gu, ""));
    return near[Math.floor(choice * near.length)] ?? word;
  }

  #neighbours(word: string): string[] {
    const known = this.#near.get(word);
    if (known) return known;
    const code = this.#codeOf.get(word);
    const near = code === undefined ? [] : this.#nearest(word, code);
    this.#near.set(word, near);
    return near;
  }

  #nearest(word: string, code: string): string[] {
    const bits = new BitDistance(code);
    return this.#entries
      .filter((entry) => entry.word !== word && Math.abs(entry.code.length - code.length) <= 2)
      .map((entry) => ({ word: entry.word, distance: bits.to(entry.code) }))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, NEIGHBOURS)
      .map((entry) => entry.word);
  }
}
