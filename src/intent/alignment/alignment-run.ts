import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { AlignmentTable, BEGINNING, PASSED_OVER, type TablePool } from "./alignment-table.ts";
import type { ArcTraits } from "./arc-traits.ts";
import type { EditCosts } from "./edit-costs.ts";
import { costOfSkip, type Lattice } from "./lattice.ts";
import { type LowerBounds, lowerBounds, NO_BOUNDS } from "./lower-bounds.ts";
import type { RootLayout } from "./root-layout.ts";

/** The end of a phrase: its last arc, and the nodes that the arc leaves and reaches. */
export type Ending = {
  readonly state: number;
  readonly arc: number;
  readonly node: number;
  readonly to: number;
  readonly cost: number;
};

/** A text, the costs of its words, and the highest cost of an alignment. */
export type AlignmentTask = {
  readonly lattice: Lattice;
  readonly costs: EditCosts;
  /** Paths that cost more are cut off. */
  readonly bound: number;
  /** Whether a path must read or pass over all words; false: it may cover a part of the text. */
  readonly whole: boolean;
};

/** What an aligner shares among its runs. */
export type AlignmentShared = {
  readonly traits: ArcTraits;
  readonly layout: RootLayout;
  /** Cells that the run uses until the next run begins. */
  readonly pool: TablePool;
  /** A substitution inside a value costs less than this. */
  readonly maxValueWordCost: number;
};

/** An edge that leaves a node, with its costs as every word of the automaton. */
type Leaving = { readonly to: number; readonly costs: Float32Array };
type Skipping = { readonly to: number; readonly cost: number };

/**
 * The alignment of one text with all templates of an automaton: for every net and every node of the lattice from which
 * the net is called, a table of the cheapest paths. It is exact within the bound on the cost, and takes time in
 * proportion to states × nodes, whatever the text.
 */
export class AlignmentRun {
  readonly root: AlignmentTable;
  readonly #automaton: Automaton;
  readonly #traits: ArcTraits;
  readonly #layout: RootLayout;
  readonly #costs: EditCosts;
  readonly #pool: TablePool;
  readonly #maxValueWordCost: number;
  readonly #bound: number;
  readonly #last: number;
  readonly #lower: LowerBounds;
  /** Per node: all edges, the targets of edges that are one token, and the skips. */
  readonly #leaving: readonly (readonly Leaving[])[];
  readonly #plain: readonly (readonly number[])[];
  readonly #skipping: readonly (readonly Skipping[])[];
  readonly #tables = new Map<number, AlignmentTable>();
  readonly #endings = new Map<number, Ending>();

  constructor(
    automaton: Automaton,
    { traits, layout, pool, maxValueWordCost }: AlignmentShared,
    { lattice, costs, bound, whole }: AlignmentTask,
  ) {
    const { edges, out, plain, skips, last } = lattice;
    this.#automaton = automaton;
    this.#traits = traits;
    this.#layout = layout;
    this.#costs = costs;
    this.#pool = pool;
    this.#maxValueWordCost = maxValueWordCost;
    this.#bound = bound;
    this.#last = last;
    this.#leaving = out.map((leaving) =>
      leaving.map((edge) => ({ to: edges[edge]!.to, costs: costs.substitution[edge]! })),
    );
    this.#plain = plain.map((leaving) => leaving.map((edge) => edges[edge]!.to));
    this.#skipping = skips.map((leaving) =>
      leaving.map((skip) => ({ to: skip.to, cost: costOfSkip(skip, costs.insertion) })),
    );
    this.#lower = whole ? lowerBounds(lattice, costs, traits.hasWildcards) : NO_BOUNDS;
    pool.reset();
    this.root = this.#newTable(0, 0);
  }

  /** The cheapest ending of every template that is allowed, by the template's output. */
  endings(allows: (template: number) => boolean): ReadonlyMap<number, Ending> {
    const { arcTarget, arcOutput } = this.#automaton;
    for (const arc of this.#layout.templateArcs)
      if (allows(arcOutput[arc]! - 1))
        this.root.relax(arcTarget[arc]!, 0, this.#traits.preference[arc]!, BEGINNING, 0);
    this.#fill(this.root, this.#layout.firstState, this.#layout.end);
    return this.#endings;
  }

  /** The table of a net that is called at this node; filled once. */
  table(net: number, from: number): AlignmentTable {
    const key = net * (this.#last + 1) + from;
    const known = this.#tables.get(key);
    if (known) return known;
    const table = this.#newTable(net, from);
    this.#tables.set(key, table);
    table.relax(table.start, from, 0, BEGINNING, from);
    this.#fill(table, table.start, -1);
    const ends: number[] = [];
    for (let to = from; to <= this.#last; to++)
      if (table.cost(table.final, to) !== Infinity) ends.push(to);
    table.ends = ends;
    return table;
  }

  #newTable(net: number, from: number): AlignmentTable {
    const { start, final } = this.#automaton.nets[net]!;
    return new AlignmentTable(start, final, from, this.#last, this.#pool);
  }

  /** Visits the nodes in order, and at each node the states in topological order. */
  #fill(table: AlignmentTable, first: number, end: number): void {
    const { arcFirst } = this.#automaton;
    const { preference } = this.#traits;
    const { costs, start, final, states, first: base } = table;
    const bound = this.#bound - this.#lower.before(table.from);
    for (let node = table.from; node <= this.#last; node++) {
      const row = base + (node - table.from) * states - start;
      const affordable = bound - this.#lower.after(node);
      const skipping = this.#skipping[node]!;
      for (let state = first; state < final; state++) {
        const cost = costs[row + state]!;
        if (cost > affordable || cost === Infinity) continue;
        // The caller of a net passes over the words before it.
        if (state !== start)
          for (const skip of skipping)
            if (cost + skip.cost <= bound)
              table.relax(state, skip.to, cost + skip.cost, PASSED_OVER, node);
        const stop = arcFirst[state + 1]!;
        for (let arc = arcFirst[state]!; arc < stop; arc++)
          this.#follow(table, state, arc, node, cost + preference[arc]!, end);
      }
    }
  }

  #follow(
    table: AlignmentTable,
    state: number,
    arc: number,
    node: number,
    cost: number,
    end: number,
  ): void {
    const { arcKind, arcLabel } = this.#automaton;
    const kind = arcKind[arc];
    const label = arcLabel[arc]!;
    if (kind === ARC.word) {
      const factor = this.#traits.editFactor[arc]!;
      const limit = this.#traits.isOfValue(arc) ? this.#maxValueWordCost : Infinity;
      for (const { to, costs } of this.#leaving[node]!) {
        const more = costs[label]!;
        if (more < limit) this.#reach(table, state, arc, node, to, cost + more * factor, end);
      }
      const missing = this.#costs.deletion[label]! * factor;
      this.#reach(table, state, arc, node, node, cost + missing, end);
    } else if (kind === ARC.call) {
      const called = this.table(label, node);
      const first = node + this.#traits.fillsSlot[arc]!;
      for (const to of called.ends)
        if (to >= first)
          this.#reach(table, state, arc, node, to, cost + called.cost(called.final, to), end);
    } else if (kind === ARC.anyWord) {
      for (const to of this.#plain[node]!)
        this.#reach(table, state, arc, node, to, cost + this.#costs.wildcard, end);
    } else this.#reach(table, state, arc, node, node, cost, end);
  }

  #reach(
    table: AlignmentTable,
    state: number,
    arc: number,
    node: number,
    to: number,
    cost: number,
    end: number,
  ): void {
    if (cost > this.#bound || cost === Infinity) return;
    const target = this.#automaton.arcTarget[arc]!;
    if (target === end) this.#end(state, arc, node, to, cost + this.#costs.skipToEnd[to]!);
    else table.relax(target, to, cost, arc, node);
  }

  #end(state: number, arc: number, node: number, to: number, cost: number): void {
    if (cost > this.#bound || cost === Infinity) return;
    const template = this.#layout.templateOf(state);
    const known = this.#endings.get(template);
    if (known && known.cost <= cost) return;
    this.#endings.set(template, { state, arc, node, to, cost });
  }
}
