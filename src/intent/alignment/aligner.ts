import { ARC, type Automaton, type PathStep } from "../../grammar/automaton.ts";
import { AlignmentTable, type EditCosts } from "./alignment-table.ts";
import type { Lattice } from "./lattice.ts";
import { preferences } from "./preferences.ts";
import { RootLayout } from "./root-layout.ts";

/** One way to read the sentence as a template's. */
export type Alignment = {
  /** Index into the automaton's outputs. */
  readonly sentence: number;
  readonly cost: number;
  readonly steps: readonly PathStep[];
  /** Per step: the tokens it stands for, first and last, or undefined. */
  readonly tokens: readonly (readonly [number, number] | undefined)[];
};

export type AlignOptions = {
  /** Alignments that cost more are not looked for. */
  readonly bound: number;
  /** Whether the sentence with this output may be meant. */
  readonly allows: (sentence: number) => boolean;
};

/** Finds, for every template, the cheapest way to read a sentence as one of its sentences. */
export class Aligner {
  readonly #automaton: Automaton;
  readonly #layout: RootLayout;
  readonly #bias: Float32Array;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#layout = new RootLayout(automaton);
    this.#bias = preferences(automaton);
  }

  /** Best first. */
  align(lattice: Lattice, costs: EditCosts, options: AlignOptions): Alignment[] {
    const run = new AlignmentRun(this.#automaton, this.#bias, lattice, costs, options.bound);
    return run.root(this.#layout, options.allows);
  }
}

type Ending = {
  readonly state: number;
  readonly arc: number;
  readonly node: number;
  readonly to: number;
  readonly cost: number;
};

class AlignmentRun {
  readonly #automaton: Automaton;
  readonly #bias: Float32Array;
  readonly #lattice: Lattice;
  readonly #costs: EditCosts;
  readonly #bound: number;
  readonly #tables = new Map<number, AlignmentTable>();

  constructor(
    automaton: Automaton,
    bias: Float32Array,
    lattice: Lattice,
    costs: EditCosts,
    bound: number,
  ) {
    this.#automaton = automaton;
    this.#bias = bias;
    this.#lattice = lattice;
    this.#costs = costs;
    this.#bound = bound;
  }

  root(layout: RootLayout, allows: (sentence: number) => boolean): Alignment[] {
    const { arcTarget, arcOutput } = this.#automaton;
    const root = this.#newTable(0, 0);
    for (const arc of layout.sentenceArcs) {
      const sentence = (arcOutput[arc] ?? 0) - 1;
      if (allows(sentence)) root.relax(arcTarget[arc] ?? 0, 0, this.#bias[arc] ?? 0, -1, 0);
    }
    const endings = new Map<number, Ending>();
    this.#fill(root, layout, (state, arc, node, to, cost) => {
      const sentence = layout.sentenceOf(state);
      const total = cost + (this.#costs.skipToEnd[to] ?? Infinity);
      if (total > this.#bound || total >= (endings.get(sentence)?.cost ?? Infinity)) return;
      endings.set(sentence, { state, arc, node, to, cost: total });
    });
    return [...endings]
      .toSorted(([, a], [, b]) => a.cost - b.cost)
      .map(([sentence, ending]) => this.#trace(root, layout, sentence, ending));
  }

  #newTable(net: number, from: number): AlignmentTable {
    const { start, final } = this.#automaton.nets[net] ?? { start: 0, final: 0 };
    return new AlignmentTable(start, final, from, this.#lattice.last);
  }

  /** What the net reads from this node on; worked out once. */
  #table(net: number, from: number): AlignmentTable {
    const key = net * (this.#lattice.last + 1) + from;
    const known = this.#tables.get(key);
    if (known) return known;
    const table = this.#newTable(net, from);
    this.#tables.set(key, table);
    table.relax(table.start, from, 0, -1, from);
    this.#fill(table);
    return table;
  }

  /**
   * Goes through the nodes in order and through the states of the net in topological order. In the root,
   * arcs to the common end are reported instead of followed: they end a sentence each.
   */
  #fill(
    table: AlignmentTable,
    layout?: RootLayout,
    onEnd?: (state: number, arc: number, node: number, to: number, cost: number) => void,
  ): void {
    const { arcFirst, arcTarget } = this.#automaton;
    const { skips } = this.#lattice;
    const first = layout ? layout.firstState : table.start;
    for (let node = table.from; node <= this.#lattice.last; node++) {
      for (let state = first; state < table.final; state++) {
        const cost = table.cost(state, node);
        if (!(cost <= this.#bound)) continue;
        if (state !== table.start)
          for (const skip of skips[node] ?? []) {
            const more = skip.idle
              ? this.#costs.idle
              : (this.#costs.insertion[skip.token] ?? Infinity);
            table.relax(state, skip.to, cost + more, -2, node);
          }
        for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++) {
          const target = arcTarget[arc] ?? 0;
          const ends = layout !== undefined && target === layout.end;
          this.#follow(arc, node, cost + (this.#bias[arc] ?? 0), (to, total) => {
            if (ends) onEnd?.(state, arc, node, to, total);
            else table.relax(target, to, total, arc, node, state);
          });
        }
      }
    }
  }

  #follow(
    arc: number,
    node: number,
    cost: number,
    reach: (to: number, cost: number) => void,
  ): void {
    const { arcKind, arcLabel } = this.#automaton;
    const { edges, out, plain } = this.#lattice;
    const label = arcLabel[arc] ?? 0;
    switch (arcKind[arc]) {
      case ARC.word: {
        for (const edge of out[node] ?? []) {
          const more = this.#costs.substitution(edge, label);
          if (more < Infinity) reach(edges[edge]?.to ?? 0, cost + more);
        }
        const deletion = this.#costs.deletion[label] ?? Infinity;
        if (deletion < Infinity) reach(node, cost + deletion);
        return;
      }
      case ARC.call: {
        const called = this.#table(label, node);
        for (let to = node; to <= this.#lattice.last; to++) {
          const more = called.cost(called.final, to);
          if (cost + more <= this.#bound) reach(to, cost + more);
        }
        return;
      }
      case ARC.anyWord:
        for (const edge of plain[node] ?? [])
          reach(edges[edge]?.to ?? 0, cost + this.#costs.anyWord);
        return;
      default:
        reach(node, cost);
    }
  }

  #trace(root: AlignmentTable, layout: RootLayout, sentence: number, ending: Ending): Alignment {
    const trace = new Trace();
    trace.add(layout.endArc, undefined);
    this.#traceArc(ending.arc, ending.node, ending.to, trace);
    this.#traceState(root, ending.state, ending.node, trace);
    trace.add(layout.arcOf(sentence), undefined);
    trace.add(layout.startArc, undefined);
    return { sentence, cost: ending.cost, ...trace.inOrder() };
  }

  /** Walks back to the start of the table. */
  #traceState(table: AlignmentTable, from: number, at: number, trace: Trace): void {
    let [state, node] = [from, at];
    for (;;) {
      const arc = table.backArc(state, node);
      if (arc === -1) return;
      const before = table.backNode(state, node);
      if (arc >= 0) {
        this.#traceArc(arc, before, node, trace);
        state = table.backState(state, node);
      }
      node = before;
    }
  }

  #traceArc(arc: number, from: number, to: number, trace: Trace): void {
    const { arcKind, arcLabel } = this.#automaton;
    if (arcKind[arc] === ARC.call) {
      const called = this.#table(arcLabel[arc] ?? 0, from);
      this.#traceState(called, called.final, to, trace);
      trace.add(arc, undefined);
    } else {
      trace.add(arc, from === to ? undefined : this.#tokensBetween(from, to), this.#lattice);
    }
  }

  #tokensBetween(from: number, to: number): [number, number] | undefined {
    const index = this.#lattice.out[from]?.find((edge) => this.#lattice.edges[edge]?.to === to);
    const edge = index === undefined ? undefined : this.#lattice.edges[index];
    return edge && [edge.firstToken, edge.lastToken];
  }
}

class Trace {
  readonly #steps: PathStep[] = [];
  readonly #tokens: (readonly [number, number] | undefined)[] = [];

  add(arc: number, tokens: readonly [number, number] | undefined, lattice?: Lattice): void {
    const word = tokens && lattice?.tokens[tokens[0]]?.word;
    this.#steps.push(word === undefined ? { arc } : { arc, word });
    this.#tokens.push(tokens);
  }

  inOrder(): Pick<Alignment, "steps" | "tokens"> {
    return { steps: this.#steps.reverse(), tokens: this.#tokens.reverse() };
  }
}
