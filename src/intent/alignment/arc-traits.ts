import { arcPreferences, netsThatGiveValues } from "../../grammar/arc-preferences.ts";
import { ARC, type Automaton } from "../../grammar/automaton.ts";

/** Properties of every arc of an automaton that alignment needs, derived once. */
export class ArcTraits {
  /** Per arc: the state that it leaves. */
  readonly source: Uint32Array;
  /** Per arc: 1 for a call whose net gives a slot its value and so reads one word at least. */
  readonly fillsSlot: Uint8Array;
  /** Per arc: a small cost that chooses between parses which fit equally well. */
  readonly preference: Float32Array;
  /** Per arc: the factor on the cost of a misheard or missing word. */
  readonly editFactor: Float32Array;
  /** Indices of the words that numbers are made of. */
  readonly numbers: ReadonlySet<number>;
  /** Whether any arc reads any word. */
  readonly hasWildcards: boolean;
  readonly #automaton: Automaton;
  readonly #ofValue: Uint8Array;

  /** @param valueFactor the edit factor inside the values of slots: a wrong value is worse than none */
  constructor(automaton: Automaton, valueFactor: number) {
    const { nets, arcFirst, arcKind, arcLabel, arcOutput, outputs } = automaton;
    const arcs = arcKind.length;
    this.#automaton = automaton;
    this.#ofValue = new Uint8Array(arcs);
    this.source = new Uint32Array(arcs);
    this.fillsSlot = new Uint8Array(arcs);
    this.preference = arcPreferences(automaton);
    this.editFactor = new Float32Array(arcs).fill(1);
    const numbers = new Set<number>();
    for (let state = 0; state + 1 < arcFirst.length; state++)
      this.source.fill(state, arcFirst[state], arcFirst[state + 1]);
    const giving = netsThatGiveValues(automaton);
    for (const [net, { start, final }] of nets.entries()) {
      const [first, last] = [arcFirst[start]!, arcFirst[final]!];
      if (giving.has(net)) {
        this.#ofValue.fill(1, first, last);
        this.editFactor.fill(valueFactor, first, last);
      }
      for (let arc = first; arc < last; arc++) {
        const output = outputs[arcOutput[arc]! - 1];
        if (output?.type === "addend" && arcKind[arc] === ARC.word) numbers.add(arcLabel[arc]!);
        if (output?.type === "slot") this.fillsSlot[arc] = 1;
      }
    }
    this.numbers = numbers;
    this.hasWildcards = arcKind.includes(ARC.anyWord);
  }

  /** Whether the arc reads a part of the value of a slot. */
  isOfValue(arc: number): boolean {
    return this.#ofValue[arc] === 1;
  }

  /** The net that the arc calls, if it calls one. */
  called(arc: number): number | undefined {
    const { arcKind, arcLabel } = this.#automaton;
    return arcKind[arc] === ARC.call ? arcLabel[arc] : undefined;
  }
}
