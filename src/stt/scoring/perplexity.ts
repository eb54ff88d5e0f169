import type { WordNetwork } from "../network/word-network.ts";

/**
 * How surprising a sentence is to one who knows the network alone: at each place all words that may follow,
 * and the end where there may be one, count as equally likely. In nats; what a few sentences allow is
 * expected, one of thousands is not. That something may be said around a sentence surprises nobody; that it is said, as
 * much as it costs.
 *
 * @param around words that are said before, between and after sentences
 */
export function surpriseOf(
  network: WordNetwork,
  words: readonly number[],
  around: ReadonlySet<number> = new Set(),
): number {
  let state = network.start;
  let nats = 0;
  const choicesAt = (at: number): number => {
    const next = network.continuations(at).words;
    const own = around.size === 0 ? next.length : next.filter((word) => !around.has(word)).length;
    return Math.max(1, network.finalCost(at) === Infinity ? own : own + 1);
  };
  for (const word of words) {
    const { words: next, costs } = network.continuations(state);
    const index = next.indexOf(word);
    if (index < 0) return Infinity;
    nats += around.has(word) ? costs[index]! : Math.log(choicesAt(state));
    state = network.next(state, index);
  }
  return nats + Math.log(choicesAt(state));
}
