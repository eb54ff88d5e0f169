/** In place of an arc: the path begins here. */
export const BEGINNING = -1;
/** In place of an arc: a word is passed over. */
export const PASSED_OVER = -2;

/** The cheapest path to every state of one net, at every node of the lattice, from one node on. */
export class AlignmentTable {
  readonly start: number;
  readonly final: number;
  readonly from: number;
  readonly states: number;
  /** Cost of state s at node n, at index `first` + (n − from) · states + s − start. */
  readonly costs: Float32Array;
  readonly first: number;
  /** Nodes at which a path leaves the net; set once the table is filled. */
  ends: readonly number[] = [];
  readonly #arcs: Int32Array;
  readonly #nodes: Uint16Array;

  /**
   * @param start first state of the net; `final` is its last
   * @param from first node that the table covers; `last` is its last
   */
  constructor(start: number, final: number, from: number, last: number, pool: TablePool) {
    this.start = start;
    this.final = final;
    this.from = from;
    this.states = final - start + 1;
    const { cells, first } = pool.take(this.states * (last - from + 1));
    this.costs = cells.costs;
    this.first = first;
    this.#arcs = cells.arcs;
    this.#nodes = cells.nodes;
  }

  cost(state: number, node: number): number {
    return this.costs[this.#index(state, node)]!;
  }

  /** Keeps the path if it is cheaper than the one known. @param before the node that the arc leaves */
  relax(state: number, node: number, cost: number, arc: number, before: number): void {
    const index = this.#index(state, node);
    if (cost >= this.costs[index]!) return;
    this.costs[index] = cost;
    this.#arcs[index] = arc;
    this.#nodes[index] = before;
  }

  /** The last arc of the cheapest path, BEGINNING or PASSED_OVER. */
  arc(state: number, node: number): number {
    return this.#arcs[this.#index(state, node)]!;
  }

  /** The node that the last arc of the cheapest path leaves. */
  before(state: number, node: number): number {
    return this.#nodes[this.#index(state, node)]!;
  }

  #index(state: number, node: number): number {
    return this.first + (node - this.from) * this.states + state - this.start;
  }
}

type Cells = {
  readonly costs: Float32Array;
  readonly arcs: Int32Array;
  readonly nodes: Uint16Array;
};

/** Size of a block: 1.3 MB, 10 bytes a cell. A larger table gets a block of its own. */
const BLOCK_CELLS = 1 << 17;
/** Bounds the blocks kept for the next text to 10 MB. */
const MAX_KEPT_BLOCKS = 8;

/** Memory for the tables of one text, reused for the next text: allocating it takes longer than filling it. */
export class TablePool {
  readonly #blocks: Cells[] = [];
  #block = 0;
  #used = 0;

  /** Invalidates all cells taken before. */
  reset(): void {
    this.#blocks.splice(MAX_KEPT_BLOCKS);
    this.#block = 0;
    this.#used = 0;
  }

  /** Cells from `first` on with infinite costs. */
  take(count: number): { readonly cells: Cells; readonly first: number } {
    if (count > BLOCK_CELLS) return { cells: newCells(count), first: 0 };
    if (this.#used + count > BLOCK_CELLS) {
      this.#block++;
      this.#used = 0;
    }
    const cells = (this.#blocks[this.#block] ??= newCells(BLOCK_CELLS));
    const first = this.#used;
    this.#used = first + count;
    cells.costs.fill(Infinity, first, this.#used);
    return { cells, first };
  }
}

function newCells(count: number): Cells {
  return {
    costs: new Float32Array(count).fill(Infinity),
    arcs: new Int32Array(count),
    nodes: new Uint16Array(count),
  };
}
