import type { WordNetwork } from "./word-network.ts";

/**
 * How surprising a sentence is to one who knows the network alone: at each place all words that may follow,
 * and the end where there may be one, count as equally likely. In nats; what a few sentences allow is
 * expected, one of thousands is not.
 */
export function surpriseOf(network: WordNetwork, words: readonly number[]): number {
  let state = network.start;
  let nats = 0;
  const choicesAt = (at: number): number =>
    network.continuations(at).words.length + (network.finalCost(at) < Infinity ? 1 : 0);
  for (const word of words) {
    const index = network.continuations(state).words.indexOf(word);
    if (index < 0) return Infinity;
    nats += Math.log(choicesAt(state));
    state = network.next(state, index);
  }
  return nats + Math.log(Math.max(1, choicesAt(state)));
}
