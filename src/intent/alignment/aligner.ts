import type { Automaton } from "../../grammar/automaton.ts";
import type { AlignmentSettings } from "../settings/alignment-settings.ts";
import { AlignmentRun, type AlignmentTask, type Ending } from "./alignment-run.ts";
import { TablePool } from "./alignment-table.ts";
import { ArcTraits } from "./arc-traits.ts";
import { type AlignedPath, Backtrace } from "./backtrace.ts";
import type { EditCosts } from "./edit-costs.ts";
import type { Lattice } from "./lattice.ts";
import { RootLayout } from "./root-layout.ts";

/** One way to read a text as a phrase of a template. */
export type Alignment = AlignedPath & {
  /** Index of the template in the automaton's outputs. */
  readonly template: number;
  readonly cost: number;
};

/** A part of a text that can be read as the value of a slot. */
export type SpottedCall = AlignedPath & {
  /** The arc that calls the net of the value. */
  readonly arc: number;
  /** First and last node of the lattice. */
  readonly from: number;
  readonly to: number;
  readonly cost: number;
};

export type AlignOptions = {
  /** Highest cost of an alignment. */
  readonly bound: number;
  /** Whether the template with this output may be meant. */
  readonly allows: (template: number) => boolean;
};

/** Bounds the alignments that are interpreted for one text, the cheapest ones. */
const MAX_ALIGNMENTS = 24;

/** Finds, for every template, the cheapest way to read a text as one of its phrases. */
export class Aligner {
  /** The automaton's arcs. */
  readonly traits: ArcTraits;
  /** The automaton's root net. */
  readonly layout: RootLayout;
  readonly #automaton: Automaton;
  readonly #settings: AlignmentSettings;
  readonly #pool = new TablePool();

  constructor(automaton: Automaton, settings: AlignmentSettings) {
    this.#automaton = automaton;
    this.#settings = settings;
    this.layout = new RootLayout(automaton);
    this.traits = new ArcTraits(automaton, settings.valueFactor);
  }

  /** The best 24 alignments within the bound, the cheapest first. */
  align(lattice: Lattice, costs: EditCosts, { bound, allows }: AlignOptions): Alignment[] {
    const run = this.#run({ lattice, costs, bound, whole: true });
    const best = [...run.endings(allows)]
      .toSorted(([i, a], [j, b]) => a.cost - b.cost || i - j)
      .slice(0, MAX_ALIGNMENTS);
    return best.map(([template, ending]) => this.#trace(run, lattice, template, ending));
  }

  /** Every span of the text that the net called by one of these arcs reads within the bound. */
  spot(lattice: Lattice, costs: EditCosts, calls: readonly number[], bound: number): SpottedCall[] {
    const run = this.#run({ lattice, costs, bound, whole: false });
    const spotted: SpottedCall[] = [];
    for (const arc of calls)
      for (let from = 0; from < lattice.last; from++) {
        const table = run.table(this.traits.called(arc)!, from);
        for (const to of table.ends) {
          const cost = table.cost(table.final, to);
          if (to === from || cost > bound) continue;
          const trace = new Backtrace(run, this.#automaton, this.traits, lattice);
          trace.followArc(arc, from, to);
          spotted.push({ arc, from, to, cost, ...trace.inOrder() });
        }
      }
    return spotted;
  }

  #run(task: AlignmentTask): AlignmentRun {
    const { maxValueWordCost } = this.#settings;
    const shared = { traits: this.traits, layout: this.layout, pool: this.#pool };
    return new AlignmentRun(this.#automaton, { ...shared, maxValueWordCost }, task);
  }

  #trace(run: AlignmentRun, lattice: Lattice, template: number, ending: Ending): Alignment {
    const trace = new Backtrace(run, this.#automaton, this.traits, lattice);
    trace.add(this.layout.endArc);
    trace.followArc(ending.arc, ending.node, ending.to);
    trace.followTable(run.root, ending.state, ending.node);
    trace.add(this.layout.arcOf(template));
    trace.add(this.layout.startArc);
    return { template, cost: ending.cost, ...trace.inOrder() };
  }
}
