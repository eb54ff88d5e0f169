import type { WordSettings } from "../settings/word-settings.ts";
import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";

/** Weights of words in the cost of an alignment: 1 for a word of full weight, which the meaning depends on. */
export class WordWeights {
  readonly #light: ReadonlySet<string>;
  readonly #asking: ReadonlySet<string>;
  readonly #fillers: ReadonlySet<string>;
  readonly #leading: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;
  readonly #settings: WordSettings;

  constructor(language: Language, settings: WordSettings) {
    this.#settings = settings;
    const { light, asking, hesitations, fillers, leading } = packOf(language).words;
    this.#light = new Set(light);
    this.#asking = new Set(asking);
    this.#fillers = new Set([...hesitations, ...fillers]);
    this.#leading = new Set(leading);
    this.#numbers = wordsOfNumbers(language);
  }

  /** Whether the word has little meaning of its own: leaving it out or adding it changes a command little. */
  isLight(word: string): boolean {
    return this.#light.has(word);
  }

  /** Whether the word tells what a command is about: it is neither light nor a question word. */
  tells(word: string): boolean {
    return !this.#light.has(word) && !this.#asking.has(word);
  }

  /** Whether the word is a hesitation: people say it while they think. */
  isFiller(word: string): boolean {
    return this.#fillers.has(word);
  }

  /** Whether numbers from 2 to 100 are said with the word, and 0, 1 and 100 are not. */
  isNumber(word: string): boolean {
    return this.#numbers.has(word);
  }

  /** Whether another word almost always follows this one. */
  leadsOn(word: string): boolean {
    return this.#leading.has(word);
  }

  /** Weight of a word that the template has. */
  of(word: string): number {
    const { lightWeight, oneLetterWeight, twoLetterWeight } = this.#settings;
    if (this.#light.has(word)) return lightWeight;
    const letters = word.replace(/'/g, "").length;
    return letters <= 1 ? oneLetterWeight : letters === 2 ? twoLetterWeight : 1;
  }

  /** Weight of a word that the template does not have. */
  ofExtra(word: string): number {
    return this.#fillers.has(word) ? this.#settings.hesitationWeight : this.of(word);
  }
}

/** "One" and the like are often said without being meant as numbers; "cent" is a part of "pour cent", too. */
function wordsOfNumbers(language: Language): ReadonlySet<string> {
  const wordsOf = (n: number): string[] => packOf(language).numbers.belowThousand(n).flat();
  const others = new Set([...wordsOf(0), ...wordsOf(1), ...wordsOf(100)]);
  const numbers = Array.from({ length: 99 }, (_, i) => i + 2);
  return new Set(numbers.flatMap(wordsOf).filter((word) => !others.has(word)));
}
