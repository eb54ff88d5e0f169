import { costAfter, EDGE, type LanguageModel } from "./language-model.ts";
import type { FormsOf } from "../../models/word-forms.ts";

/** The words of the template on either side of a wildcard; undefined at the edge of a phrase. */
export type Neighbours = {
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** A choice of spellings up to some word, and its cost. */
type Way = { readonly words: readonly number[]; readonly costNats: number };

/**
 * Chooses between words that sound alike by the words beside them ("des pommes", "une pomme"), across the edges of a
 * stretch that was decoded by itself.
 */
export class Homophones {
  readonly #model: LanguageModel;
  readonly #formsOf: FormsOf;
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #neighbourNats: number;
  #alike: ReadonlyMap<string, readonly number[]> | undefined;

  /** @param neighbourNats cost of taking a neighbour for a homophone of it, nats */
  constructor(model: LanguageModel, formsOf: FormsOf, neighbourNats: number) {
    this.#model = model;
    this.#formsOf = formsOf;
    this.#neighbourNats = neighbourNats;
    this.#indexOf = new Map(model.words.map((word, index) => [word, index]));
  }

  /**
   * The likeliest words (indices into the model's) that sound like these; the same words where the model prefers none.
   * A neighbour that the model lacks does not count.
   */
  choose(words: readonly number[], { before, after }: Neighbours): readonly number[] {
    const heads = this.#neighbour(before);
    let ways: readonly Way[] = heads.length > 0 ? heads : [{ words: [], costNats: 0 }];
    for (const word of words) ways = this.#likeWord(word).map((choice) => this.#best(ways, choice));
    const tails = this.#neighbour(after);
    if (tails.length > 0)
      ways = tails.map((tail) => this.#best(ways, tail.words[0]!, tail.costNats));
    const best = ways.toSorted((a, b) => a.costNats - b.costNats)[0];
    const first = Math.min(1, heads.length);
    return best?.words.slice(first, first + words.length) ?? words;
  }

  /** The cheapest way to a word. */
  #best(ways: readonly Way[], word: number, more = 0): Way {
    return ways
      .map(({ words, costNats }) => ({
        words: [...words, word],
        costNats: costNats + more + costAfter(this.#model, words.at(-1), word),
      }))
      .reduce((best, way) => (way.costNats < best.costNats ? way : best));
  }

  /** The neighbour and its homophones: "minuteurs" may be "minuteur". Empty for a word that the model lacks. */
  #neighbour(word: string | undefined): Way[] {
    const index = word === undefined ? EDGE : this.#indexOf.get(word);
    if (index === undefined) return [];
    return this.#likeWord(index).map((like) => ({
      words: [like],
      costNats: like === index ? 0 : this.#neighbourNats,
    }));
  }

  /** The word itself first. */
  #likeWord(word: number): number[] {
    const phones = this.#pronunciationOf(word);
    this.#alike ??= this.#gather();
    return [word, ...(this.#alike.get(phones) ?? []).filter((other) => other !== word)];
  }

  #gather(): ReadonlyMap<string, number[]> {
    const alike = new Map<string, number[]>();
    for (const word of this.#model.words.keys()) {
      const phones = this.#pronunciationOf(word);
      if (phones === "") continue;
      const known = alike.get(phones);
      if (known) known.push(word);
      else alike.set(phones, [word]);
    }
    return alike;
  }

  /** The phones of its likeliest form. */
  #pronunciationOf(word: number): string {
    return this.#formsOf(this.#model.words[word]!)[0]?.phones.join(" ") ?? "";
  }
}
