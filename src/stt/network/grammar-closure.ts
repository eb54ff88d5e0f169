import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { type Item, ItemSet } from "./item-set.ts";
import { type NetOrder, silentCost } from "./net-order.ts";
import type { Return, ReturnStacks } from "./return-stacks.ts";
import { ANY_WORD } from "./word-network.ts";

/** The continuations of a set of items: words, or the end of the phrase. */
export type Closure = {
  /** Cost of ending here, nats; Infinity where no phrase ends. */
  readonly finalCost: number;
  /** The items after each word (index into `words`, or ANY_WORD), not yet merged. */
  readonly after: ReadonlyMap<number, readonly Item[]>;
};

/**
 * Follows all arcs without a word from a set of items. It visits the nets callees first to return from them, then callers
 * first to call into them, so that it enters each net once, with all its callers known.
 *
 * @param slotCost added to each call that fills a slot, nats
 */
export function closeItems(
  automaton: Automaton,
  order: NetOrder,
  stacks: ReturnStacks,
  kernel: readonly Item[],
  slotCost: number,
): Closure {
  const sets = order.nets.map(() => new ItemSet(stacks));
  const setOf = (state: number): ItemSet => sets[order.rankOf[order.netOf[state]!]!]!;
  for (const item of kernel) setOf(item.state).add(item.state, item.stack, item.costNats);

  const finalCost = returnUpwards(order, stacks, sets, setOf);

  const after = new Map<number, Item[]>();
  for (const set of sets) {
    followSilentArcs(automaton, order, set, slotCost);
    const calls = new Map<number, Return[]>();
    for (const item of set.values()) collect(automaton, item, after, calls, slotCost);
    for (const [net, returns] of calls) {
      const costNats = Math.min(...returns.map((r) => r.costNats));
      const relative = returns.map((r) => ({ ...r, costNats: r.costNats - costNats }));
      const calleeSet = sets[order.rankOf[net]!]!;
      calleeSet.add(automaton.nets[net]!.start, stacks.of(relative), costNats);
    }
  }
  return { finalCost, after };
}

function returnUpwards(
  order: NetOrder,
  stacks: ReturnStacks,
  sets: readonly ItemSet[],
  setOf: (state: number) => ItemSet,
): number {
  let finalCost = Infinity;
  for (const set of sets.toReversed()) {
    for (const { state, stack, costNats } of set.values()) {
      const exit = costNats + order.exitCost[state]!;
      if (exit === Infinity) continue;
      const returns = stacks.returnsOf(stack);
      if (returns.length === 0) finalCost = Math.min(finalCost, exit);
      for (const r of returns) setOf(r.state).add(r.state, r.stack, exit + r.costNats);
    }
  }
  return finalCost;
}

function followSilentArcs(a: Automaton, order: NetOrder, set: ItemSet, slotCost: number): void {
  const pending = Array.from(set.values(), (item) => item.state);
  for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
    const item = set.get(state)!;
    for (let arc = a.arcFirst[state]!; arc < a.arcFirst[state + 1]!; arc++) {
      const silent = silentCost(a, order.exitCost, arc);
      if (silent === Infinity) continue;
      const cost = item.costNats + silent + (isSlot(a, arc) ? slotCost : 0);
      const target = a.arcTarget[arc]!;
      if (set.add(target, item.stack, cost)) pending.push(target);
    }
  }
}

function collect(
  a: Automaton,
  item: Item,
  after: Map<number, Item[]>,
  calls: Map<number, Return[]>,
  slotCost: number,
): void {
  for (let arc = a.arcFirst[item.state]!; arc < a.arcFirst[item.state + 1]!; arc++) {
    const kind = a.arcKind[arc];
    const state = a.arcTarget[arc]!;
    const costNats = item.costNats + a.arcCost[arc]!;
    const next = { state, stack: item.stack, costNats };
    if (kind === ARC.call) {
      const slot = isSlot(a, arc) ? slotCost : 0;
      append(calls, a.arcLabel[arc]!, { ...next, costNats: costNats + slot });
    } else if (kind !== ARC.epsilon) {
      append(after, kind === ARC.word ? a.arcLabel[arc]! : ANY_WORD, next);
    }
  }
}

function isSlot(a: Automaton, arc: number): boolean {
  const output = a.arcOutput[arc]!;
  return output !== 0 && a.outputs[output - 1]!.type === "slot";
}

function append<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
