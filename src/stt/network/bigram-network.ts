import type { FreeSearchSettings } from "../../models/decoding-settings.ts";
import { EDGE, type LanguageModel } from "./language-model.ts";
import type { Backoff, Continuations, WordNetwork } from "./word-network.ts";

/** Free speech as a network of words: one state after each word, and one to back off to where any word may follow. */
export class BigramNetwork implements WordNetwork {
  readonly words: readonly string[];
  readonly start = EDGE;
  readonly #model: LanguageModel;
  readonly #anyState: number;
  readonly #wordCost: number;
  readonly #scale: number;
  readonly #anyWords: Continuations;

  constructor(
    model: LanguageModel,
    { wordNats, languageModelScale }: Pick<FreeSearchSettings, "wordNats" | "languageModelScale">,
  ) {
    this.words = model.words;
    this.#model = model;
    this.#wordCost = wordNats;
    this.#scale = languageModelScale;
    this.#anyState = model.words.length;
    const words = Int32Array.from(model.words.keys()).subarray(EDGE + 1);
    const costs = model.unigramCost
      .subarray(EDGE + 1)
      .map((cost) => cost * languageModelScale + wordNats);
    this.#anyWords = { words, costs };
  }

  get size(): number {
    return this.#model.words.length;
  }

  continuations(state: number): Continuations {
    if (state === this.#anyState) return this.#anyWords;
    const words: number[] = [];
    const costs: number[] = [];
    this.#eachPair(state, (word, cost) => {
      if (word === EDGE) return;
      words.push(word);
      costs.push(cost * this.#scale + this.#wordCost);
    });
    return { words: Int32Array.from(words), costs: Float32Array.from(costs) };
  }

  next(state: number, index: number): number {
    return this.continuations(state).words[index]!;
  }

  finalCost(state: number): number {
    const { backoffCost, unigramCost } = this.#model;
    if (state === this.#anyState) return Infinity;
    let final = backoffCost[state]! + unigramCost[EDGE]!;
    this.#eachPair(state, (word, cost) => {
      if (word === EDGE) final = Math.min(final, cost);
    });
    return final * this.#scale;
  }

  backoff(state: number): Backoff | undefined {
    if (state === this.#anyState) return undefined;
    return { state: this.#anyState, costNats: this.#model.backoffCost[state]! * this.#scale };
  }

  /** The states are those of the language model: none is made by a search. */
  forget(): void {}

  #eachPair(state: number, visit: (word: number, cost: number) => void): void {
    const { pairFirst, pairWord, pairCost } = this.#model;
    for (let i = pairFirst[state]!; i < pairFirst[state + 1]!; i++) {
      visit(pairWord[i]!, pairCost[i]!);
    }
  }
}
