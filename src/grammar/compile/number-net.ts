import { ARC } from "../automaton.ts";
import { numberGraph } from "../numbers/number-graph.ts";
import type { SumNode } from "../numbers/sum-trie.ts";
import type { NumberRange } from "../templates/expression.ts";
import type { Language } from "../../languages/language.ts";
import { FINAL, type NetBuilder, START } from "./net-builder.ts";
import type { NetTable } from "./net-table.ts";

/** Index of the net that accepts every way to say a number of the range; undefined if it cannot be spelled. */
export function numberNet(
  table: NetTable,
  range: NumberRange,
  language: Language,
): number | undefined {
  const { from, to, step, multiplier, fractions } = range;
  const graph = numberGraph(range, language);
  if (!graph) return undefined;
  return table.net(`${from}..${to},${step}×${multiplier} ${fractions}`, (net) =>
    addNumbers(table, net, graph),
  );
}

function addNumbers(table: NetTable, net: NetBuilder, graph: SumNode): void {
  const states = new Map<SumNode, number>();
  const visit = (node: SumNode, state: number, extra: number): void => {
    for (const { word, addend, target } of node.arcs) {
      const arc = { kind: ARC.word, label: table.word(word) };
      const cost = Math.log(node.count) - Math.log(target.count);
      const sum = addend + extra;
      if (target.end !== undefined)
        net.addArc(state, {
          ...arc,
          target: FINAL,
          cost: Math.log(node.count),
          output: table.addend(sum + target.end),
        });
      if (target.arcs.length === 0) continue;
      let next = states.get(target);
      if (next === undefined) {
        next = net.addState();
        states.set(target, next);
        visit(target, next, 0);
      }
      net.addArc(state, { ...arc, target: next, cost, output: table.addend(sum) });
    }
  };
  visit(graph, START, graph.min);
}
