import type { Automaton, PathStep } from "../../grammar/automaton.ts";
import { AlignmentRun, type AlignmentTask, type Ending } from "./alignment-run.ts";
import { type AlignmentTable, BEGINNING, PASSED_OVER, TableRoom } from "./alignment-table.ts";
import { ArcTraits } from "./arc-traits.ts";
import type { EditCosts } from "./edit-costs.ts";
import type { Lattice } from "./lattice.ts";
import { RootLayout } from "./root-layout.ts";

/** One way to read a text as a sentence of a template. */
export type Alignment = {
  /** Index into the automaton's outputs. */
  readonly sentence: number;
  readonly cost: number;
  readonly steps: readonly PathStep[];
  /** Per step: the tokens it stands for, first and last; undefined for none. */
  readonly tokens: readonly (readonly [number, number] | undefined)[];
};

/** A part of a text that can be read as the value of a slot, between two nodes of the lattice. */
export type SpottedCall = Pick<Alignment, "cost" | "steps" | "tokens"> & {
  readonly arc: number;
  readonly from: number;
  readonly to: number;
};

export type AlignOptions = {
  /** Alignments that cost more are not looked for. */
  readonly bound: number;
  /** Whether the sentence with this output may be meant. */
  readonly allows: (sentence: number) => boolean;
  /** Most alignments to return. @default 24 */
  readonly most?: number;
};

/** Finds, for every template, the cheapest way to read a text as one of its sentences. */
export class Aligner {
  readonly #automaton: Automaton;
  readonly #layout: RootLayout;
  readonly #traits: ArcTraits;
  readonly #room = new TableRoom();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#layout = new RootLayout(automaton);
    this.#traits = new ArcTraits(automaton);
  }

  /** What is known of the automaton's arcs. */
  get traits(): ArcTraits {
    return this.#traits;
  }

  /** Words that numbers are made of. */
  get numbers(): ReadonlySet<number> {
    return this.#traits.numbers;
  }

  /** Best first. */
  align(
    lattice: Lattice,
    costs: EditCosts,
    { bound, allows, most = 24 }: AlignOptions,
  ): Alignment[] {
    const run = this.#run({ lattice, costs, bound, whole: true });
    const endings = run.endings(allows);
    const best = [...endings].toSorted(([i, a], [j, b]) => a.cost - b.cost || i - j).slice(0, most);
    return best.map(([sentence, ending]) => this.#trace(run, lattice, sentence, ending));
  }

  /** Every place where the net that one of these arcs calls can be read, with what it costs there. */
  spot(lattice: Lattice, costs: EditCosts, calls: readonly number[], bound: number): SpottedCall[] {
    const automaton = this.#automaton;
    const run = this.#run({ lattice, costs, bound, whole: false });
    const spotted: SpottedCall[] = [];
    for (const arc of calls)
      for (let from = 0; from < lattice.last; from++) {
        const table = run.table(this.#traits.called(arc) ?? 0, from);
        for (const to of table.ends) {
          const cost = table.cost(table.final, to);
          if (to === from || cost > bound) continue;
          const trace = new Trace(run, automaton, this.#traits, lattice);
          trace.followArc(arc, from, to);
          spotted.push({ arc, from, to, cost, ...trace.inOrder() });
        }
      }
    return spotted;
  }

  /** Where the sentences of the root net are. */
  get layout(): RootLayout {
    return this.#layout;
  }

  #run(task: AlignmentTask): AlignmentRun {
    return new AlignmentRun(this.#automaton, this.#traits, this.#layout, this.#room, task);
  }

  #trace(run: AlignmentRun, lattice: Lattice, sentence: number, ending: Ending): Alignment {
    const trace = new Trace(run, this.#automaton, this.#traits, lattice);
    trace.add(this.#layout.endArc);
    trace.followArc(ending.arc, ending.node, ending.to);
    trace.followTable(run.root, ending.state, ending.node);
    trace.add(this.#layout.arcOf(sentence));
    trace.add(this.#layout.startArc);
    return { sentence, cost: ending.cost, ...trace.inOrder() };
  }
}

/** Collects the steps of a way from its end to its beginning. */
class Trace {
  readonly #run: AlignmentRun;
  readonly #automaton: Automaton;
  readonly #traits: ArcTraits;
  readonly #lattice: Lattice;
  readonly #steps: PathStep[] = [];
  readonly #tokens: (readonly [number, number] | undefined)[] = [];

  constructor(run: AlignmentRun, automaton: Automaton, traits: ArcTraits, lattice: Lattice) {
    this.#run = run;
    this.#automaton = automaton;
    this.#traits = traits;
    this.#lattice = lattice;
  }

  add(arc: number, tokens?: readonly [number, number]): void {
    const word = tokens && this.#lattice.tokens[tokens[0]]?.word;
    this.#steps.push(word === undefined ? { arc } : { arc, word });
    this.#tokens.push(tokens);
  }

  followTable(table: AlignmentTable, from: number, at: number): void {
    let [state, node] = [from, at];
    for (;;) {
      const arc = table.arc(state, node);
      if (arc === BEGINNING) return;
      const before = table.before(state, node);
      if (arc !== PASSED_OVER) {
        this.followArc(arc, before, node);
        state = this.#traits.source[arc] ?? 0;
      }
      node = before;
    }
  }

  followArc(arc: number, from: number, to: number): void {
    const net = this.#traits.called(arc);
    if (net === undefined) {
      this.add(arc, from === to ? undefined : this.#tokensBetween(from, to));
      return;
    }
    const table = this.#run.table(net, from);
    this.followTable(table, this.#automaton.nets[net]?.final ?? 0, to);
    this.add(arc);
  }

  inOrder(): Pick<Alignment, "steps" | "tokens"> {
    return { steps: this.#steps.reverse(), tokens: this.#tokens.reverse() };
  }

  #tokensBetween(from: number, to: number): [number, number] | undefined {
    const index = this.#lattice.out[from]?.find((edge) => this.#lattice.edges[edge]?.to === to);
    const edge = index === undefined ? undefined : this.#lattice.edges[index];
    return edge && [edge.firstToken, edge.lastToken];
  }
}
