import type { Token } from "../../grammar/text/tokenize.ts";
import type { AlignmentSettings } from "../settings/alignment-settings.ts";
import { BitDistance, MAX_PATTERN_LETTERS } from "../words/bit-distance.ts";

/** One way to pass over a skip phrase. */
export type SkipEnd = {
  /** Index of the token after the phrase. */
  readonly end: number;
  /** Cost of passing over the phrase, beside 1 for a word of full weight. */
  readonly cost: number;
};

type SkipCosts = Pick<AlignmentSettings, "skipPhraseCost" | "misspeltSkipPhraseCost">;

/** Shorter phrases must match letter for letter: with a letter wrong they are other words. */
const MIN_MISSPELT_LETTERS = 5;

/** Words around a command that do not change its meaning: "could you", "s'il te plaît". */
export class SkipPhrase {
  readonly #words: readonly string[];
  readonly #letters: string;
  readonly #distance: BitDistance;
  readonly #costs: SkipCosts;

  constructor(words: readonly string[], costs: SkipCosts) {
    this.#words = words;
    this.#letters = words.join("");
    this.#distance = new BitDistance(this.#letters);
    this.#costs = costs;
  }

  /** Where the phrase ends if it begins at this token, word for word. */
  endsExactly(tokens: readonly Token[], start: number): SkipEnd[] {
    const count = this.#words.length;
    const isHere = count > 0 && this.#words.every((word, i) => tokens[start + i]?.word === word);
    return isHere ? [{ end: start + count, cost: this.#costs.skipPhraseCost }] : [];
  }

  /**
   * Where the phrase ends, also with spaces elsewhere ("ple ase") or one letter wrong.
   * @param known words of the templates, which do not count as misspelt
   */
  endsNearly(
    tokens: readonly Token[],
    start: number,
    known: { has: (word: string) => boolean },
  ): SkipEnd[] {
    const { skipPhraseCost, misspeltSkipPhraseCost } = this.#costs;
    const ends: SkipEnd[] = [];
    const last = Math.min(tokens.length, start + this.#words.length + 1);
    for (let end = start + 1; end <= last; end++) {
      const heard = lettersOf(tokens, start, end);
      if (heard.length > this.#letters.length + 1) break;
      if (heard === this.#letters) ends.push({ end, cost: skipPhraseCost });
      else if (
        this.#isMisspelt(heard) &&
        !tokens.slice(start, end).some((token) => this.#isOther(token, known))
      )
        ends.push({ end, cost: misspeltSkipPhraseCost });
    }
    return ends;
  }

  #isMisspelt(heard: string): boolean {
    const { length } = this.#letters;
    if (length < MIN_MISSPELT_LETTERS || length > MAX_PATTERN_LETTERS) return false;
    return heard.length >= length - 1 && this.#distance.to(heard) <= 1;
  }

  /** Whether the templates know the word and the phrase lacks it. */
  #isOther({ word }: Token, known: { has: (word: string) => boolean }): boolean {
    return !this.#words.includes(word) && known.has(word);
  }
}

function lettersOf(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start, end)
    .map(({ word }) => word)
    .join("");
}
