/** Where a cost comes from: the arc taken, or one of these. */
export const BEGINNING = -1;
export const PASSED_OVER = -2;

/** The cheapest way to every state of one net, at every node of the lattice, from one node on. */
export class AlignmentTable {
  readonly start: number;
  readonly final: number;
  readonly from: number;
  /** Of state s at node n: index (n − from) · states + s − start. */
  readonly costs: Float32Array;
  readonly states: number;
  readonly #arcs: Int32Array;
  readonly #nodes: Uint16Array;

  /** `start` … `final`: the net's states; `from` … `last`: nodes. */
  constructor(start: number, final: number, from: number, last: number) {
    this.start = start;
    this.final = final;
    this.from = from;
    this.states = final - start + 1;
    const size = this.states * (last - from + 1);
    this.costs = new Float32Array(size).fill(Infinity);
    this.#arcs = new Int32Array(size);
    this.#nodes = new Uint16Array(size);
  }

  cost(state: number, node: number): number {
    return this.costs[this.#index(state, node)] ?? Infinity;
  }

  /** Keeps the way if it is cheaper than the one known. `before`: the node it comes from. */
  relax(state: number, node: number, cost: number, arc: number, before: number): void {
    const index = this.#index(state, node);
    if (cost >= (this.costs[index] ?? Infinity)) return;
    this.costs[index] = cost;
    this.#arcs[index] = arc;
    this.#nodes[index] = before;
  }

  /** The last arc of the cheapest way, or BEGINNING, or PASSED_OVER. */
  arc(state: number, node: number): number {
    return this.#arcs[this.#index(state, node)] ?? BEGINNING;
  }

  before(state: number, node: number): number {
    return this.#nodes[this.#index(state, node)] ?? 0;
  }

  #index(state: number, node: number): number {
    return (node - this.from) * this.states + state - this.start;
  }
}
