import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { AlignmentTable, BEGINNING, PASSED_OVER, type TableRoom } from "./alignment-table.ts";
import type { ArcTraits } from "./arc-traits.ts";
import type { EditCosts } from "./edit-costs.ts";
import { costOfSkip, type Lattice } from "./lattice.ts";
import { leastCosts, type LeastCosts, NO_LEAST } from "./least-costs.ts";
import type { RootLayout } from "./root-layout.ts";

/** Where a sentence ends: its last arc, from this node to that. */
export type Ending = {
  readonly state: number;
  readonly arc: number;
  readonly node: number;
  readonly to: number;
  readonly cost: number;
};

/** A text, what its words cost, and what may be spent on it. */
export type AlignmentTask = {
  readonly lattice: Lattice;
  readonly costs: EditCosts;
  /** Ways that cost more are not looked for. */
  readonly bound: number;
  /** All words must be read or passed over; false: a part of the text will do. */
  readonly whole: boolean;
};

/** What costs so much as a word of a value, or more, is another value, or none. */
const MOST_IN_VALUE = 0.85;

/** A word that is read from a node on, with its costs as every word of the automaton. */
type Leaving = { readonly to: number; readonly costs: Float32Array };
type Skipping = { readonly to: number; readonly cost: number };

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
  readonly #costs: EditCosts;
  readonly #room: TableRoom;
  readonly #bound: number;
  readonly #last: number;
  readonly #least: LeastCosts;
  /** Per node. */
  readonly #leaving: readonly (readonly Leaving[])[];
  readonly #plain: readonly (readonly number[])[];
  readonly #skipping: readonly (readonly Skipping[])[];
  readonly #tables = new Map<number, AlignmentTable>();
  readonly #endings = new Map<number, Ending>();

  /** `room` is this run's alone until the next one takes it. */
  constructor(
    automaton: Automaton,
    traits: ArcTraits,
    layout: RootLayout,
    room: TableRoom,
    { lattice, costs, bound, whole }: AlignmentTask,
  ) {
    const { edges, out, plain, skips, last } = lattice;
    this.#automaton = automaton;
    this.#traits = traits;
    this.#layout = layout;
    this.#costs = costs;
    this.#room = room;
    this.#bound = bound;
    this.#last = last;
    this.#leaving = out.map((leaving) =>
      leaving.flatMap((edge) => {
        const to = edges[edge]?.to;
        const words = costs.substitution[edge];
        return to === undefined || !words ? [] : [{ to, costs: words }];
      }),
    );
    this.#plain = plain.map((leaving) => leaving.flatMap((edge) => edges[edge]?.to ?? []));
    this.#skipping = skips.map((leaving) =>
      leaving.map((skip) => ({ to: skip.to, cost: costOfSkip(skip, costs.insertion) })),
    );
    this.#least = whole ? leastCosts(lattice, costs, traits.hasWildcards) : NO_LEAST;
    room.reset();
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
    const { start, final } = this.#automaton.nets[net] ?? { start: 0, final: 0 };
    return new AlignmentTable(start, final, from, this.#last, this.#room);
  }

  /** Goes through the nodes in order, and at each through the states in topological order. */
  #fill(table: AlignmentTable, first: number, end: number): void {
    const { arcFirst } = this.#automaton;
    const { preference } = this.#traits;
    const { costs, start, final, states, first: base } = table;
    const bound = this.#bound - this.#least.before(table.from);
    for (let node = table.from; node <= this.#last; node++) {
      const row = base + (node - table.from) * states - start;
      const affordable = bound - this.#least.after(node);
      const skipping = this.#skipping[node] ?? [];
      for (let state = first; state < final; state++) {
        const cost = costs[row + state] ?? Infinity;
        if (cost > affordable || cost === Infinity) continue;
        // Words before a net are passed over by its caller.
        if (state !== start)
          for (const skip of skipping)
            if (cost + skip.cost <= bound)
              table.relax(state, skip.to, cost + skip.cost, PASSED_OVER, node);
        const stop = arcFirst[state + 1] ?? 0;
        for (let arc = arcFirst[state] ?? 0; arc < stop; arc++)
          this.#follow(table, state, arc, node, cost + (preference[arc] ?? 0), end);
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
      const most = this.#traits.isOfValue(arc) ? MOST_IN_VALUE : Infinity;
      for (const { to, costs } of this.#leaving[node] ?? []) {
        const more = costs[label] ?? Infinity;
        if (more < most) this.#reach(table, state, arc, node, to, cost + more * strictness, end);
      }
      const missing = (this.#costs.deletion[label] ?? Infinity) * strictness;
      this.#reach(table, state, arc, node, node, cost + missing, end);
    } else if (kind === ARC.call) {
      const called = this.table(label, node);
      const first = node + (this.#traits.fillsSlot[arc] ?? 0);
      for (const to of called.ends)
        if (to >= first)
          this.#reach(table, state, arc, node, to, cost + called.cost(called.final, to), end);
    } else if (kind === ARC.anyWord) {
      for (const to of this.#plain[node] ?? [])
        this.#reach(table, state, arc, node, to, cost + this.#costs.anyWord, end);
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
