/** Stands for a word that a wildcard takes (`anyWord` arcs). */
export const ANY_WORD = -1;

/** The words that may follow in a state of a network, each once. */
export type Continuations = {
  /** Indices into `words`, or ANY_WORD. */
  readonly words: Int32Array;
  /** Cost of each, nats. */
  readonly costs: Float32Array;
};

/** A state of lower order that a search may enter at a cost, without a word. */
export type Backoff = { readonly state: number; readonly costNats: number };

/**
 * The word sequences that may be said, as a deterministic automaton whose states are made when a search reaches them. A
 * state is a small integer, and stands for the same state until `forget` is called.
 */
export interface WordNetwork {
  readonly words: readonly string[];
  readonly start: number;
  continuations(state: number): Continuations;
  /** The state after the word at `index` of `continuations(state)`. */
  next(state: number, index: number): number;
  /** Cost of ending in a state, nats; Infinity where no phrase ends. */
  finalCost(state: number): number;
  backoff(state: number): Backoff | undefined;
  /** States made so far, a measure of memory. */
  readonly size: number;
  /** Drops every state but the start. */
  forget(): void;
}
