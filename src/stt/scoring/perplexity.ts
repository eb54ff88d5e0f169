import type { WordNetwork } from "../network/word-network.ts";

/**
 * Logarithm of a phrase's perplexity, nats: the sum over its words, and its end, of log n for a choice among n. All words
 * that may follow count as equally likely, so a phrase of small templates is expected and one among thousands is not.
 * Words around a phrase ("please") are no choice where they are absent, and cost what the network charges where they
 * are said.
 * @param words indices into the network's words
 * @param around indices of words that may be said before, between and after phrases
 * @returns Infinity for words that the network does not allow
 */
export function perplexityNats(
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
