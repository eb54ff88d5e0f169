import { costAfter, EDGE, type LanguageModel } from "./language-model.ts";
import type { FormsOf } from "../../models/word-forms.ts";

/** The words on either side, if there are any: of a template, not of the stretch. */
export type Neighbours = {
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** A word of a template that sounds as the one beside a stretch and is spelt otherwise, nats. */
const OTHER_NEIGHBOUR = 1;

type Way = { readonly words: readonly number[]; readonly costNats: number };

/**
 * Chooses between words that sound alike by those beside them, over the edge of a stretch that was decoded by itself:
 * "des pommes", "une pomme".
 */
export class Homophones {
  readonly #model: LanguageModel;
  readonly #formsOf: FormsOf;
  readonly #indexOf: ReadonlyMap<string, number>;
  #alike: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(model: LanguageModel, formsOf: FormsOf) {
    this.#model = model;
    this.#formsOf = formsOf;
    this.#indexOf = new Map(model.words.map((word, index) => [word, index]));
  }

  /**
   * The likeliest words (indices of the model's) that sound like these: as usual as they are where the model does
   * not know a neighbour, the same ones where nothing tells.
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

  /** A neighbour was heard as well: "minuteurs" may be "minuteur". Empty for a word that the model lacks. */
  #neighbour(word: string | undefined): Way[] {
    const index = word === undefined ? EDGE : this.#indexOf.get(word);
    if (index === undefined) return [];
    return this.#likeWord(index).map((like) => ({
      words: [like],
      costNats: like === index ? 0 : OTHER_NEIGHBOUR,
    }));
  }

  /** The word itself first. */
  #likeWord(word: number): number[] {
    const sound = this.#soundOf(word);
    this.#alike ??= this.#gather();
    return [word, ...(this.#alike.get(sound) ?? []).filter((other) => other !== word)];
  }

  #gather(): ReadonlyMap<string, number[]> {
    const alike = new Map<string, number[]>();
    for (const word of this.#model.words.keys()) {
      const sound = this.#soundOf(word);
      if (sound === "") continue;
      const known = alike.get(sound);
      if (known) known.push(word);
      else alike.set(sound, [word]);
    }
    return alike;
  }

  /** Of its usual form. */
  #soundOf(word: number): string {
    return this.#formsOf(this.#model.words[word] ?? "")[0]?.phones.join(" ") ?? "";
  }
}
