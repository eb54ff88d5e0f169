/** Where a cost comes from: the arc taken, or one of these. */
export const BEGINNING = -1;
export const PASSED_OVER = -2;

/** The cheapest way to every state of one net, at every node of the lattice, from one node on. */
export class AlignmentTable {
  readonly start: number;
  readonly final: number;
  readonly from: number;
  readonly states: number;
  /** Of state s at node n: index `first` + (n − from) · states + s − start. */
  readonly costs: Float32Array;
  readonly first: number;
  /** Nodes at which the net can be left, once the table is filled. */
  ends: readonly number[] = [];
  readonly #arcs: Int32Array;
  readonly #nodes: Uint16Array;

  /** `start` … `final`: the net's states; `from` … `last`: nodes. */
  constructor(start: number, final: number, from: number, last: number, room: TableRoom) {
    this.start = start;
    this.final = final;
    this.from = from;
    this.states = final - start + 1;
    const { cells, first } = room.take(this.states * (last - from + 1));
    this.costs = cells.costs;
    this.first = first;
    this.#arcs = cells.arcs;
    this.#nodes = cells.nodes;
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
    return this.first + (node - this.from) * this.states + state - this.start;
  }
}

type Cells = {
  readonly costs: Float32Array;
  readonly arcs: Int32Array;
  readonly nodes: Uint16Array;
};

/** Cells at a time; a table that is larger gets its own. */
const BLOCK = 1 << 17;
/** Kept for the next text; 10 bytes a cell. */
const MOST_BLOCKS = 8;

/** Memory for the tables of one text, used again for the next: to ask for it anew takes longer than to fill it. */
export class TableRoom {
  readonly #blocks: Cells[] = [];
  #block = 0;
  #used = 0;

  /** Those of before are void from now on. */
  reset(): void {
    this.#blocks.splice(MOST_BLOCKS);
    this.#block = 0;
    this.#used = 0;
  }

  /** Cells from `first` on, their costs infinite. */
  take(count: number): { readonly cells: Cells; readonly first: number } {
    if (count > BLOCK) return { cells: newCells(count), first: 0 };
    if (this.#used + count > BLOCK) {
      this.#block++;
      this.#used = 0;
    }
    const cells = (this.#blocks[this.#block] ??= newCells(BLOCK));
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
