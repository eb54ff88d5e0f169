import { ARC, type Automaton } from "../../grammar/automaton.ts";

/** Where the templates of the root net begin and end. */
export class RootLayout {
  readonly templateArcs: readonly number[];
  /** The first state of the first template. */
  readonly firstState: number;
  /** The state in which all templates end. */
  readonly end: number;
  /** The arc from the start to where the templates begin. */
  readonly startArc: number;
  /** The arc from the end of the templates to the final state. */
  readonly endArc: number;
  readonly #templateOf: Int32Array;
  readonly #arcOf = new Map<number, number>();

  constructor(automaton: Automaton) {
    const { nets, arcFirst, arcTarget, arcOutput, outputs } = automaton;
    const { start, final } = nets[0]!;
    this.#templateOf = new Int32Array(final + 1).fill(-1);
    this.end = sourceOf(automaton, start, final);
    this.startArc = epsilon(automaton, start);
    this.endArc = epsilon(automaton, this.end);
    const arcs: number[] = [];
    for (let state = start; state < this.end; state++)
      for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]!; arc++) {
        const output = arcOutput[arc]! - 1;
        const target = arcTarget[arc]!;
        if (outputs[output]?.type === "sentence") {
          arcs.push(arc);
          this.#templateOf[target] = output;
          this.#arcOf.set(output, arc);
        } else if (target !== this.end) {
          const template = this.#templateOf[state]!;
          if (template >= 0) this.#templateOf[target] = template;
        }
      }
    this.templateArcs = arcs;
    this.firstState = arcs.length > 0 ? Math.min(...arcs.map((arc) => arcTarget[arc]!)) : this.end;
  }

  /** The template that a state belongs to, as an index into the automaton's outputs; −1 for none. */
  templateOf(state: number): number {
    return this.#templateOf[state] ?? -1;
  }

  /** The arc that enters a template. */
  arcOf(template: number): number {
    return this.#arcOf.get(template)!;
  }
}

/** The state from which the final one is reached. */
function sourceOf({ arcFirst, arcTarget }: Automaton, start: number, final: number): number {
  for (let state = final - 1; state > start; state--)
    for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]!; arc++)
      if (arcTarget[arc] === final) return state;
  return final;
}

function epsilon({ arcFirst, arcKind }: Automaton, state: number): number {
  for (let arc = arcFirst[state]!; arc < arcFirst[state + 1]!; arc++)
    if (arcKind[arc] === ARC.epsilon) return arc;
  return arcFirst[state]!;
}
