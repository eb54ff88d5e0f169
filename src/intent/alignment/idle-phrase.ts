import type { Token } from "../../grammar/text/tokenize.ts";
import { BitDistance } from "../words/bit-distance.ts";

export type IdleEnd = {
  /** The token after the phrase. */
  readonly end: number;
  readonly cost: number;
};

const IDLE = 0.02;
const MISSPELT = 0.15;
/** A phrase of so many letters may have one wrong, missing or too many. */
const LEAST_LETTERS = 5;

/** Words that people say around a command and that mean nothing there: "could you", "s'il te plaît". */
export class IdlePhrase {
  readonly #words: ReadonlySet<string>;
  readonly #count: number;
  readonly #letters: string;
  readonly #distance: BitDistance;

  constructor(words: readonly string[]) {
    this.#words = new Set(words);
    this.#count = words.length;
    this.#letters = words.join("");
    this.#distance = new BitDistance(this.#letters);
  }

  /** Where it ends if it begins at this token, word for word. */
  endsExactly(tokens: readonly Token[], start: number): IdleEnd[] {
    const end = start + this.#count;
    return lettersOf(tokens, start, end) === this.#letters ? [{ end, cost: IDLE }] : [];
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
    for (let end = start + 1; end <= start + this.#count + 1 && end <= tokens.length; end++) {
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
    if (length < LEAST_LETTERS || heard.length < length - 1) return false;
    return this.#distance.to(heard) <= 1;
  }

  /** Whether the word is meant as it is, and no part of the phrase. */
  #is({ word }: Token, known: { has: (word: string) => boolean }): boolean {
    return !this.#words.has(word) && known.has(word);
  }
}

function lettersOf(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start, end)
    .map(({ word }) => word)
    .join("");
}
