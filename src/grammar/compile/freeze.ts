import type { Automaton, Net, Output } from "../automaton.ts";
import type { Language } from "../../languages/language.ts";
import type { UserPronunciations } from "../pronunciation/user-pronunciations.ts";
import {
  type DraftArc,
  FINAL,
  mergeEqualArcs,
  type NetBuilder,
  START,
  topologicalOrder,
} from "./net-builder.ts";

type Draft = {
  readonly language: Language;
  readonly nets: readonly NetBuilder[];
  readonly words: readonly string[];
  readonly outputs: readonly Output[];
  readonly pronounce: UserPronunciations;
};

/** Numbers all states, each net's in topological order, and packs the arcs into arrays. */
export function freeze({ language, nets, words, outputs, pronounce }: Draft): Automaton {
  const frozen: Net[] = [];
  const states: DraftArc[][] = [];
  for (const net of nets) {
    const order = topologicalOrder(net);
    const number = new Map(order.map((state, i) => [state, states.length + i]));
    const numberOf = (state: number): number => number.get(state)!;
    frozen.push({ name: net.name, start: numberOf(START), final: numberOf(FINAL) });
    for (const state of order)
      states.push(
        mergeEqualArcs(net.arcs[state] ?? []).map((arc) => ({
          ...arc,
          target: numberOf(arc.target),
        })),
      );
  }
  const arcs = states.flat();
  const arcFirst = new Uint32Array(states.length + 1);
  states.forEach((outgoing, i) => {
    arcFirst[i + 1] = arcFirst[i]! + outgoing.length;
  });
  return {
    language,
    words,
    nets: frozen,
    arcFirst,
    arcKind: Uint8Array.from(arcs, (arc) => arc.kind),
    arcLabel: Uint32Array.from(arcs, (arc) => arc.label),
    arcTarget: Uint32Array.from(arcs, (arc) => arc.target),
    arcCost: Float32Array.from(arcs, (arc) => arc.cost),
    arcOutput: Uint32Array.from(arcs, (arc) => arc.output),
    outputs,
    pronounce,
  };
}
