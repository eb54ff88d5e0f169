import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { AlignmentTable, BEGINNING, PASSED_OVER } from "./alignment-table.ts";
import type { ArcTraits } from "./arc-traits.ts";
import { type EditCosts, IDLE } from "./edit-costs.ts";
import type { Lattice } from "./lattice.ts";
import type { RootLayout } from "./root-layout.ts";

/** Where a sentence ends: its last arc, from this node to that. */
export type Ending = {
  readonly state: number;
  readonly arc: number;
  readonly node: number;
  readonly to: number;
  readonly cost: number;
};

/**
 * The alignment of one text with all sentences of an automaton: for every net and every node of the lattice
 * from which it is called, a table of the cheapest ways. Exact within the bound on their cost, and its time is
 * bounded by states × nodes, whatever the text.
 */
export class AlignmentRun {
  readonly root: AlignmentTable;
  readonly #automaton: Automaton;
  readonly #traits: ArcTraits;
  readonly #layout: RootLayout;
  readonly #lattice: Lattice;
  readonly #costs: EditCosts;
  readonly #bound: number;
  readonly #tables = new Map<number, AlignmentTable>();
  readonly #endings = new Map<number, Ending>();

  constructor(
    automaton: Automaton,
    traits: ArcTraits,
    layout: RootLayout,
    lattice: Lattice,
    costs: EditCosts,
    bound: number,
  ) {
    this.#automaton = automaton;
    this.#traits = traits;
    this.#layout = layout;
    this.#lattice = lattice;
    this.#costs = costs;
    this.#bound = bound;
    this.root = this.#newTable(0, 0);
  }

  /** The cheapest ending of every sentence that is allowed, by the sentence's output. */
  endings(allows: (sentence: number) => boolean): ReadonlyMap<number, Ending> {
    const { arcTarget, arcOutput } = this.#automaton;
    for (const arc of this.#layout.sentenceArcs)
      if (allows((arcOutput[arc] ?? 0) - 1))
        this.root.relax(arcTarget[arc] ?? 0, 0, this.#traits.preference[arc] ?? 0, BEGINNING, 0);
    this.#fill(this.root, this.#layout.firstState, this.#layout.end);
    return this.#endings;
  }

  /** What the net reads from this node on; worked out once. */
  table(net: number, from: number): AlignmentTable {
    const key = net * (this.#lattice.last + 1) + from;
    const known = this.#tables.get(key);
    if (known) return known;
    const table = this.#newTable(net, from);
    this.#tables.set(key, table);
    table.relax(table.start, from, 0, BEGINNING, from);
    this.#fill(table, table.start, -1);
    return table;
  }

  #newTable(net: number, from: number): AlignmentTable {
    const { start, final } = this.#automaton.nets[net] ?? { start: 0, final: 0 };
    return new AlignmentTable(start, final, from, this.#lattice.last);
  }

  /** Goes through the nodes in order, and at each through the states in topological order. */
  #fill(table: AlignmentTable, first: number, end: number): void {
    const { arcFirst } = this.#automaton;
    const { last, skips } = this.#lattice;
    const { costs, start, final, states } = table;
    for (let node = table.from; node <= last; node++) {
      const row = (node - table.from) * states - start;
      for (let state = first; state < final; state++) {
        const cost = costs[row + state] ?? Infinity;
        if (cost > this.#bound || cost === Infinity) continue;
        // Words before a net are passed over by its caller.
        if (state !== start)
          for (const { to, idle, token } of skips[node] ?? []) {
            const more = idle ? IDLE : (this.#costs.insertion[token] ?? Infinity);
            if (cost + more <= this.#bound) table.relax(state, to, cost + more, PASSED_OVER, node);
          }
        const stop = arcFirst[state + 1] ?? 0;
        for (let arc = arcFirst[state] ?? 0; arc < stop; arc++)
          this.#follow(table, state, arc, node, cost + (this.#traits.preference[arc] ?? 0), end);
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
    const label = arcLabel[arc] ?? 0;
    if (kind === ARC.word) {
      const strictness = this.#traits.strictness[arc] ?? 1;
      for (const edge of this.#lattice.out[node] ?? []) {
        const more = (this.#costs.substitution[edge]?.[label] ?? Infinity) * strictness;
        this.#reach(table, state, arc, node, this.#lattice.edges[edge]?.to ?? 0, cost + more, end);
      }
      this.#reach(
        table,
        state,
        arc,
        node,
        node,
        cost + (this.#costs.deletion[label] ?? Infinity) * strictness,
        end,
      );
    } else if (kind === ARC.call) {
      const called = this.table(label, node);
      const { last } = this.#lattice;
      for (let to = node + (this.#traits.fillsSlot[arc] ?? 0); to <= last; to++)
        this.#reach(table, state, arc, node, to, cost + called.cost(called.final, to), end);
    } else if (kind === ARC.anyWord) {
      for (const edge of this.#lattice.plain[node] ?? [])
        this.#reach(
          table,
          state,
          arc,
          node,
          this.#lattice.edges[edge]?.to ?? 0,
          cost + this.#costs.anyWord,
          end,
        );
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
    const target = this.#automaton.arcTarget[arc] ?? 0;
    if (target === end)
      this.#end(state, arc, node, to, cost + (this.#costs.skipToEnd[to] ?? Infinity));
    else table.relax(target, to, cost, arc, node);
  }

  #end(state: number, arc: number, node: number, to: number, cost: number): void {
    if (cost > this.#bound || cost === Infinity) return;
    const sentence = this.#layout.sentenceOf(state);
    const known = this.#endings.get(sentence);
    if (known && known.cost <= cost) return;
    this.#endings.set(sentence, { state, arc, node, to, cost });
  }
}
