/** What it costs to read one word as another, to pass over words, to leave words out. */
export type EditCosts = {
  /** Edge of the lattice read as a word of the automaton; Infinity: not at all. */
  readonly substitution: (edge: number, word: number) => number;
  /** Per word of the automaton: it was not said. */
  readonly deletion: Float32Array;
  /** Per token: it was said, but is no part of the sentence. */
  readonly insertion: Float32Array;
  /** Per node: all tokens from here on are no part of the sentence. */
  readonly skipToEnd: Float32Array;
  /** A phrase without meaning. */
  readonly idle: number;
  /** One word of a wildcard. */
  readonly anyWord: number;
};

/** The cheapest way to every state of one net, at every node of the lattice, from one node on. */
export class AlignmentTable {
  readonly start: number;
  readonly final: number;
  readonly from: number;
  readonly #states: number;
  readonly #cost: Float32Array;
  readonly #backArc: Int32Array;
  readonly #backNode: Uint16Array;
  readonly #backState: Int32Array;

  constructor(start: number, final: number, from: number, last: number) {
    this.start = start;
    this.final = final;
    this.from = from;
    this.#states = final - start + 1;
    const size = this.#states * (last - from + 1);
    this.#cost = new Float32Array(size).fill(Infinity);
    this.#backArc = new Int32Array(size);
    this.#backNode = new Uint16Array(size);
    this.#backState = new Int32Array(size);
  }

  cost(state: number, node: number): number {
    return this.#cost[this.#index(state, node)] ?? Infinity;
  }

  /** `arc` −1: the beginning; −2: a word passed over. */
  relax(
    state: number,
    node: number,
    cost: number,
    arc: number,
    before: number,
    from = state,
  ): void {
    const index = this.#index(state, node);
    if (cost >= (this.#cost[index] ?? Infinity)) return;
    this.#cost[index] = cost;
    this.#backArc[index] = arc;
    this.#backNode[index] = before;
    this.#backState[index] = from;
  }

  backArc(state: number, node: number): number {
    return this.#backArc[this.#index(state, node)] ?? -1;
  }

  backNode(state: number, node: number): number {
    return this.#backNode[this.#index(state, node)] ?? 0;
  }

  backState(state: number, node: number): number {
    return this.#backState[this.#index(state, node)] ?? 0;
  }

  #index(state: number, node: number): number {
    return (node - this.from) * this.#states + state - this.start;
  }
}
