import { SPELLERS } from "../../grammar/numbers/number-words.ts";
import type { Language } from "../../languages/language.ts";

/** Words that carry little meaning of their own: leaving one out or adding one changes a command little. */
const LIGHT: Readonly<Record<Language, string>> = {
  en: "a an the my our your this that these those to of in at for from with and is are am be was it its there some any me i we you can could would will do does please",
  fr: "le la les l' un une des du de d' au aux à a en et ou où dans sur pour par avec ce cet cette ces mon ma mes ton ta tes sa ses notre nos votre vos leur je j' tu il elle on nous vous ils elles me m' te t' se s' qu' que qui est es sont y ne n' pas c' ça moi toi lui",
};

/** Words that ask, of whatever it may be. */
const ASKING: Readonly<Record<Language, string>> = {
  en: "what what's whats who who's whos whose which where where's wheres when how why",
  fr: "quel quelle quels quelles quoi quand comment combien pourquoi",
};

/** What people say while they think. */
const FILLERS: Readonly<Record<Language, string>> = {
  en: "uh um er erm hmm hm ah oh well so like okay ok hey yeah right now just actually",
  fr: "euh heu hum hmm ah oh ben bah bon alors donc voilà quoi hein eh ok okay dis genre",
};

/** Words that something follows. */
const LEADING: Readonly<Record<Language, string>> = {
  en: "a an the my our your to of at for from with and is are",
  fr: "le la les l' un une des du de d' au aux à a en et dans sur pour par avec mon ma mes",
};

/** Weights of words in the cost of an alignment: 1 for a word that the meaning hangs on. */
export class WordWeights {
  readonly #light: ReadonlySet<string>;
  readonly #asking: ReadonlySet<string>;
  readonly #fillers: ReadonlySet<string>;
  readonly #leading: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;

  constructor(language: Language) {
    this.#light = new Set(LIGHT[language].split(" "));
    this.#asking = new Set(ASKING[language].split(" "));
    this.#fillers = new Set(FILLERS[language].split(" "));
    this.#leading = new Set(LEADING[language].split(" "));
    this.#numbers = wordsOfNumbers(language);
  }

  isLight(word: string): boolean {
    return this.#light.has(word);
  }

  /** Whether the word tells something of what is spoken about. */
  tells(word: string): boolean {
    return !this.#light.has(word) && !this.#asking.has(word);
  }

  /** Whether people say the word while they think. */
  isFiller(word: string): boolean {
    return this.#fillers.has(word);
  }

  /** Whether whole numbers from 2 to 100 are said with the word, and not 0 or 1. */
  isNumber(word: string): boolean {
    return this.#numbers.has(word);
  }

  /** Whether a sentence hardly ends with this word. */
  leadsOn(word: string): boolean {
    return this.#leading.has(word);
  }

  /** Of a word that is expected. */
  of(word: string): number {
    if (this.#light.has(word)) return 0.3;
    const letters = word.replace(/'/g, "").length;
    return letters <= 1 ? 0.5 : letters === 2 ? 0.8 : 1;
  }

  /** Of a word that was not expected. */
  ofExtra(word: string): number {
    return this.#fillers.has(word) ? 0.05 : this.of(word);
  }
}

/** "One" and the like are often said without being meant as numbers; "cent" is a part of "pour cent", too. */
function wordsOfNumbers(language: Language): ReadonlySet<string> {
  const wordsOf = (n: number): string[] => SPELLERS[language].belowThousand(n).flat();
  const others = new Set([...wordsOf(0), ...wordsOf(1), ...wordsOf(100)]);
  const numbers = Array.from({ length: 99 }, (_, i) => i + 2);
  return new Set(numbers.flatMap(wordsOf).filter((word) => !others.has(word)));
}
