import type { Token } from "../../grammar/text/tokenize.ts";
import { BitDistance } from "../words/bit-distance.ts";

export type IdleEnd = {
  /** The token after the phrase. */
  readonly end: number;
  /** Of passing over the phrase: beside 1, which a word that the meaning hangs on costs. */
  readonly cost: number;
};

const IDLE = 0.02;
const MISSPELT = 0.15;
/** A phrase of so many letters may have one wrong, missing or too many. */
const LEAST_LETTERS = 5;
/** What `BitDistance` compares. */
const MOST_LETTERS = 31;

/** Words that people say around a command and that mean nothing there: "could you", "s'il te plaît". */
export class IdlePhrase {
  readonly #words: readonly string[];
  readonly #letters: string;
  readonly #distance: BitDistance;

  constructor(words: readonly string[]) {
    this.#words = words;
    this.#letters = words.join("");
    this.#distance = new BitDistance(this.#letters);
  }

  /** Where it ends if it begins at this token, word for word. */
  endsExactly(tokens: readonly Token[], start: number): IdleEnd[] {
    const count = this.#words.length;
    const isHere = count > 0 && this.#words.every((word, i) => tokens[start + i]?.word === word);
    return isHere ? [{ end: start + count, cost: IDLE }] : [];
  }

  /**
   * The same, with spaces elsewhere ("ple ase") or a letter wrong.
   * @param known words that are meant as they are, not misspelt
   */
  endsNearly(
    tokens: readonly Token[],
    start: number,
    known: { has: (word: string) => boolean },
  ): IdleEnd[] {
    const ends: IdleEnd[] = [];
    const last = Math.min(tokens.length, start + this.#words.length + 1);
    for (let end = start + 1; end <= last; end++) {
      const heard = lettersOf(tokens, start, end);
      if (heard.length > this.#letters.length + 1) break;
      if (heard === this.#letters) ends.push({ end, cost: IDLE });
      else if (this.#isMisspelt(heard) && !tokens.slice(start, end).some((t) => this.#is(t, known)))
        ends.push({ end, cost: MISSPELT });
    }
    return ends;
  }

  #isMisspelt(heard: string): boolean {
    const { length } = this.#letters;
    if (length < LEAST_LETTERS || length > MOST_LETTERS || heard.length < length - 1) return false;
    return this.#distance.to(heard) <= 1;
  }

  /** Whether the word is meant as it is, and no part of the phrase. */
  #is({ word }: Token, known: { has: (word: string) => boolean }): boolean {
    return !this.#words.includes(word) && known.has(word);
  }
}

function lettersOf(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start, end)
    .map(({ word }) => word)
    .join("");
}
