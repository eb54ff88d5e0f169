/** The word that stands for one of any spelling (`anyWord` arcs). */
export const ANY_WORD = -1;

/** The words that may come next in a state of a network, each once, and where each leads. */
export type Continuations = {
  /** Indices into `words`, or ANY_WORD. */
  readonly words: Int32Array;
  /** Cost of each in nats. */
  readonly costs: Float32Array;
};

/** A lower-order state that may be entered at a cost without a word. */
export type Backoff = { readonly state: number; readonly costNats: number };

/**
 * What may be said, as a deterministic automaton over words whose states come into being when they are
 * reached. States are small integers; the same number is the same state until `forget` is called.
 */
export interface WordNetwork {
  readonly words: readonly string[];
  readonly start: number;
  continuations(state: number): Continuations;
  /** The state after the word at `index` of `continuations(state)`. */
  next(state: number, index: number): number;
  /** Cost of ending here in nats; Infinity when a sentence may not end here. */
  finalCost(state: number): number;
  backoff(state: number): Backoff | undefined;
  /** States made so far, a measure of memory. */
  readonly size: number;
  /** Drops every state but the start. */
  forget(): void;
}
