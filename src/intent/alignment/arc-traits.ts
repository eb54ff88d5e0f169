import { arcPreferences, netsThatGiveValues } from "../../grammar/arc-preferences.ts";
import { ARC, type Automaton } from "../../grammar/automaton.ts";

/** Words misheard in the value of a slot cost this much more: a wrong value is worse than none. */
const IN_VALUE = 1.5;

/** What alignment needs to know of every arc, worked out once per automaton. */
export class ArcTraits {
  /** State that the arc leaves. */
  readonly source: Uint32Array;
  /** 1 for calls whose net gives a slot its value: they must read a word at least. */
  readonly fillsSlot: Uint8Array;
  /** Small costs that choose between readings which fit equally well. */
  readonly preference: Float32Array;
  /** What the cost of a misheard or missing word is multiplied by. */
  readonly strictness: Float32Array;
  /** Words that numbers are made of. */
  readonly numbers: ReadonlySet<number>;
  /** Whether any arc reads any word. */
  readonly hasWildcards: boolean;
  readonly #automaton: Automaton;

  constructor(automaton: Automaton) {
    const { nets, arcFirst, arcKind, arcLabel, arcOutput, outputs } = automaton;
    const arcs = arcKind.length;
    this.#automaton = automaton;
    this.source = new Uint32Array(arcs);
    this.fillsSlot = new Uint8Array(arcs);
    this.preference = arcPreferences(automaton);
    this.strictness = new Float32Array(arcs).fill(1);
    const numbers = new Set<number>();
    for (let state = 0; state + 1 < arcFirst.length; state++)
      this.source.fill(state, arcFirst[state], arcFirst[state + 1]);
    const giving = netsThatGiveValues(automaton);
    for (const [net, { start, final }] of nets.entries()) {
      const [first, last] = [arcFirst[start] ?? 0, arcFirst[final] ?? 0];
      const isList = giving.has(net);
      for (let arc = first; arc < last; arc++) {
        const output = outputs[(arcOutput[arc] ?? 0) - 1];
        if (output?.type === "addend" && arcKind[arc] === ARC.word) numbers.add(arcLabel[arc] ?? 0);
        if (output?.type === "slot") this.fillsSlot[arc] = 1;
        if (isList) this.strictness[arc] = IN_VALUE;
      }
    }
    this.numbers = numbers;
    this.hasWildcards = arcKind.includes(ARC.anyWord);
  }

  /** Whether the arc reads a part of the value of a slot. */
  isOfValue(arc: number): boolean {
    return this.strictness[arc] !== 1;
  }

  /** The net that the arc calls, if it calls one. */
  called(arc: number): number | undefined {
    const { arcKind, arcLabel } = this.#automaton;
    return arcKind[arc] === ARC.call ? arcLabel[arc] : undefined;
  }
}
