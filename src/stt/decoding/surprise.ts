import type { WordNetwork } from "./word-network.ts";

/**
 * How surprising a sentence is to one who knows the network alone: at each place all words that may follow,
 * and the end where there may be one, count as equally likely. In nats; what a few sentences allow is
 * expected, one of thousands is not. That a sentence may be followed by another surprises nobody.
 *
 * @param between words that go from one sentence to the next
 */
export function surpriseOf(
  network: WordNetwork,
  words: readonly number[],
  between: ReadonlySet<number> = new Set(),
): number {
  let state = network.start;
  let nats = 0;
  const choicesAt = (at: number): number => {
    const next = network.continuations(at).words;
    if (network.finalCost(at) === Infinity) return next.length;
    return (
      1 + (between.size === 0 ? next.length : next.filter((word) => !between.has(word)).length)
    );
  };
  for (const word of words) {
    const index = network.continuations(state).words.indexOf(word);
    if (index < 0) return Infinity;
    nats += Math.log(choicesAt(state));
    state = network.next(state, index);
  }
  return nats + Math.log(Math.max(1, choicesAt(state)));
}
