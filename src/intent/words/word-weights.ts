import { SPELLERS } from "../../grammar/numbers/number-words.ts";
import type { WordSettings } from "../settings/word-settings.ts";
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
    this.#light = new Set(LIGHT[language].split(" "));
    this.#asking = new Set(ASKING[language].split(" "));
    this.#fillers = new Set(FILLERS[language].split(" "));
    this.#leading = new Set(LEADING[language].split(" "));
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
  const wordsOf = (n: number): string[] => SPELLERS[language].belowThousand(n).flat();
  const others = new Set([...wordsOf(0), ...wordsOf(1), ...wordsOf(100)]);
  const numbers = Array.from({ length: 99 }, (_, i) => i + 2);
  return new Set(numbers.flatMap(wordsOf).filter((word) => !others.has(word)));
}
