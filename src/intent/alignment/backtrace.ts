import type { Automaton, PathStep } from "../../grammar/automaton.ts";
import type { AlignmentRun } from "./alignment-run.ts";
import { type AlignmentTable, BEGINNING, PASSED_OVER } from "./alignment-table.ts";
import type { ArcTraits } from "./arc-traits.ts";
import type { Lattice } from "./lattice.ts";

/** The steps of a path through the automaton, and the tokens that each covers. */
export type AlignedPath = {
  readonly steps: readonly PathStep[];
  /** Per step: the first and last token that it covers; undefined for none. */
  readonly tokens: readonly (readonly [first: number, last: number] | undefined)[];
};

/** Collects the steps of a path from its end to its beginning. */
export class Backtrace {
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

  /** Follows the cheapest path back from a state at a node to the beginning of the table. */
  followTable(table: AlignmentTable, from: number, at: number): void {
    let [state, node] = [from, at];
    for (;;) {
      const arc = table.arc(state, node);
      if (arc === BEGINNING) return;
      const before = table.before(state, node);
      if (arc !== PASSED_OVER) {
        this.followArc(arc, before, node);
        state = this.#traits.source[arc]!;
      }
      node = before;
    }
  }

  /** Follows one arc between two nodes, through the net that it calls if it calls one. */
  followArc(arc: number, from: number, to: number): void {
    const net = this.#traits.called(arc);
    if (net === undefined) {
      this.add(arc, from === to ? undefined : this.#tokensBetween(from, to));
      return;
    }
    const table = this.#run.table(net, from);
    this.followTable(table, this.#automaton.nets[net]!.final, to);
    this.add(arc);
  }

  /** The path from its beginning to its end; the backtrace ends with this call. */
  inOrder(): AlignedPath {
    return { steps: this.#steps.reverse(), tokens: this.#tokens.reverse() };
  }

  #tokensBetween(from: number, to: number): [number, number] | undefined {
    const index = this.#lattice.out[from]!.find((edge) => this.#lattice.edges[edge]!.to === to);
    const edge = index === undefined ? undefined : this.#lattice.edges[index]!;
    return edge && [edge.firstToken, edge.lastToken];
  }
}
