import type { Automaton } from "../../grammar/automaton.ts";

/** Where the sentences of the root net begin and end. */
export class RootLayout {
  readonly sentenceArcs: readonly number[];
  /** The first state of the first sentence. */
  readonly firstState: number;
  /** The state in which all sentences end. */
  readonly end: number;
  /** From the start to where the sentences begin, and from their end to the final state. */
  readonly startArc: number;
  readonly endArc: number;
  readonly #sentenceOf: Int32Array;
  readonly #arcOf = new Map<number, number>();

  constructor(automaton: Automaton) {
    const { nets, arcFirst, arcTarget, arcOutput, outputs, arcKind } = automaton;
    const { start, final } = nets[0] ?? { start: 0, final: 0 };
    this.#sentenceOf = new Int32Array(final + 1).fill(-1);
    this.end = sourceOf(automaton, start, final);
    this.startArc = epsilon(automaton, start);
    this.endArc = epsilon(automaton, this.end);
    const arcs: number[] = [];
    for (let state = start; state < this.end; state++)
      for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++) {
        const output = (arcOutput[arc] ?? 0) - 1;
        const target = arcTarget[arc] ?? 0;
        if (outputs[output]?.type === "sentence") {
          arcs.push(arc);
          this.#sentenceOf[target] = output;
          this.#arcOf.set(output, arc);
        } else if (target !== this.end && arcKind[arc] !== undefined) {
          const sentence = this.#sentenceOf[state] ?? -1;
          if (sentence >= 0) this.#sentenceOf[target] = sentence;
        }
      }
    this.sentenceArcs = arcs;
    this.firstState =
      arcs.length > 0 ? Math.min(...arcs.map((arc) => arcTarget[arc] ?? 0)) : this.end;
  }

  sentenceOf(state: number): number {
    return this.#sentenceOf[state] ?? -1;
  }

  arcOf(sentence: number): number {
    return this.#arcOf.get(sentence) ?? 0;
  }
}

/** The state from which the final one is reached. */
function sourceOf({ arcFirst, arcTarget }: Automaton, start: number, final: number): number {
  for (let state = final - 1; state > start; state--)
    for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++)
      if (arcTarget[arc] === final) return state;
  return final;
}

function epsilon({ arcFirst, arcKind }: Automaton, state: number): number {
  for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++)
    if (arcKind[arc] === 0) return arc;
  return arcFirst[state] ?? 0;
}
