import { EDGE, type LanguageModel } from "./language-model.ts";
import type { Backoff, Continuations, WordNetwork } from "./word-network.ts";

/**
 * Free speech as a network of words: a state for each word just said, and one below them all where any
 * word may follow.
 */
export class BigramNetwork implements WordNetwork {
  readonly words: readonly string[];
  readonly start = EDGE;
  readonly #model: LanguageModel;
  readonly #anyState: number;
  /** Nats for every word, against many short ones. */
  readonly #wordCost: number;
  /** Weight of the language model's costs. */
  readonly #scale: number;
  readonly #anyWords: Continuations;

  constructor(model: LanguageModel, wordCost: number, scale: number) {
    this.words = model.words;
    this.#model = model;
    this.#wordCost = wordCost;
    this.#scale = scale;
    this.#anyState = model.words.length;
    const words = Int32Array.from(model.words.keys()).subarray(EDGE + 1);
    const costs = model.unigramCost.subarray(EDGE + 1).map((c) => c * scale + wordCost);
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

  /** Nothing grows here. */
  forget(): void {}

  #eachPair(state: number, visit: (word: number, cost: number) => void): void {
    const { pairFirst, pairWord, pairCost } = this.#model;
    for (let i = pairFirst[state]!; i < pairFirst[state + 1]!; i++) {
      visit(pairWord[i]!, pairCost[i]!);
    }
  }
}
