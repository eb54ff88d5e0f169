import { EarshotError } from "../../errors.ts";
import { ARC, type Automaton } from "../../grammar/automaton.ts";

/** Properties of an automaton's nets that the search works out once. */
export type NetOrder = {
  /** Index of each state's net. */
  readonly netOf: Int32Array;
  /** Nets, callers before callees; the root first. */
  readonly nets: readonly number[];
  /** Position of each net in `nets`. */
  readonly rankOf: Int32Array;
  /** Cost of the cheapest way from each state to the end of its net without a word, nats; Infinity without one. */
  readonly exitCost: Float32Array;
};

/** @throws EarshotError TEMPLATES_INVALID when a net calls itself, directly or through others. */
export function orderNets(automaton: Automaton): NetOrder {
  const netOf = new Int32Array(automaton.arcFirst.length - 1).fill(-1);
  const statesOf = automaton.nets.map((net, index) =>
    assignStates(automaton, netOf, net.start, index),
  );
  const nets = callersFirst(automaton, statesOf);
  const rankOf = new Int32Array(automaton.nets.length);
  for (const [rank, net] of nets.entries()) rankOf[net] = rank;

  const exitCost = new Float32Array(netOf.length).fill(Infinity);
  for (const net of nets.toReversed()) relaxExits(automaton, exitCost, net, statesOf[net]!);
  return { netOf, nets, rankOf, exitCost };
}

function assignStates(a: Automaton, netOf: Int32Array, start: number, net: number): number[] {
  const states = [start];
  netOf[start] = net;
  for (const state of states) {
    for (let arc = a.arcFirst[state]!; arc < a.arcFirst[state + 1]!; arc++) {
      const target = a.arcTarget[arc]!;
      if (netOf[target] !== -1) continue;
      netOf[target] = net;
      states.push(target);
    }
  }
  return states;
}

function callersFirst(a: Automaton, statesOf: readonly number[][]): number[] {
  const calleesFirst: number[] = [];
  const mark = new Int8Array(a.nets.length); // 1: being visited, 2: done
  const visit = (net: number): void => {
    if (mark[net] === 2) return;
    if (mark[net] === 1) {
      throw new EarshotError(
        "TEMPLATES_INVALID",
        `The rule <${a.nets[net]!.name}> refers to itself; speech cannot be decoded through it. Write it without the reference.`,
      );
    }
    mark[net] = 1;
    for (const callee of calleesOf(a, statesOf[net]!)) visit(callee);
    mark[net] = 2;
    calleesFirst.push(net);
  };
  visit(0);
  return calleesFirst.toReversed();
}

function calleesOf(a: Automaton, states: readonly number[]): Set<number> {
  const callees = new Set<number>();
  for (const state of states) {
    for (let arc = a.arcFirst[state]!; arc < a.arcFirst[state + 1]!; arc++) {
      if (a.arcKind[arc] === ARC.call) callees.add(a.arcLabel[arc]!);
    }
  }
  return callees;
}

/** The exit costs of callees are known: a call to a net that may be empty is a way without a word as well. */
function relaxExits(
  a: Automaton,
  exitCost: Float32Array,
  net: number,
  states: readonly number[],
): void {
  exitCost[a.nets[net]!.final] = 0;
  let changed = true;
  while (changed) {
    changed = false;
    for (const state of states.toReversed()) {
      for (let arc = a.arcFirst[state]!; arc < a.arcFirst[state + 1]!; arc++) {
        const cost = Math.fround(silentCost(a, exitCost, arc) + exitCost[a.arcTarget[arc]!]!);
        if (cost >= exitCost[state]!) continue;
        exitCost[state] = cost;
        changed = true;
      }
    }
  }
}

/** Cost of taking an arc without a word, nats; Infinity where that is impossible. */
export function silentCost(a: Automaton, exitCost: Float32Array, arc: number): number {
  const kind = a.arcKind[arc];
  if (kind === ARC.epsilon) return a.arcCost[arc]!;
  if (kind !== ARC.call) return Infinity;
  return a.arcCost[arc]! + exitCost[a.nets[a.arcLabel[arc]!]!.start]!;
}
