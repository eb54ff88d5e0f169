import { ARC } from "../automaton.ts";

/** An arc while the automaton is built; states are numbered within their net. */
export type DraftArc = {
  readonly kind: number;
  readonly label: number;
  readonly target: number;
  /** Nats. */
  readonly cost: number;
  /** Index into the outputs plus one; 0: none. */
  readonly output: number;
};

export const START = 0;
export const FINAL = 1;

/** One net while it is built. State 0 is its start, state 1 its final state. */
export class NetBuilder {
  readonly name: string;
  readonly arcs: DraftArc[][] = [[], []];
  readonly #onArc: () => void;

  /** @param onArc called for every arc; throws to refuse templates that grow without bound */
  constructor(name: string, onArc: () => void) {
    this.name = name;
    this.#onArc = onArc;
  }

  addState(): number {
    return this.arcs.push([]) - 1;
  }

  addArc(from: number, arc: DraftArc): void {
    this.#onArc();
    this.arcs[from]?.push(arc);
  }

  /** Removes and returns the arcs of a state. */
  takeArcs(state: number): DraftArc[] {
    return this.arcs[state]?.splice(0) ?? [];
  }
}

/** −log(e^−a + e^−b) */
export function addCosts(a: number, b: number): number {
  const cheaper = Math.min(a, b);
  return cheaper - Math.log1p(Math.exp(cheaper - Math.max(a, b)));
}

/** Merges arcs with the same label, target and output, and adds their weights. */
export function mergeEqualArcs(arcs: readonly DraftArc[]): readonly DraftArc[] {
  if (arcs.length < 2) return arcs;
  const merged = new Map<string, DraftArc>();
  for (const arc of arcs) {
    const key = `${arc.kind},${arc.label},${arc.target},${arc.output}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, cost: addCosts(known.cost, arc.cost) } : arc);
  }
  return merged.size === arcs.length ? arcs : [...merged.values()];
}

/**
 * The reachable states in topological order: every arc leads forward, the start comes first, the final state last.
 * Arcs from a state to itself, which only wildcards have, are ignored.
 */
export function topologicalOrder(net: NetBuilder): number[] {
  const finished: number[] = [];
  const seen = new Set<number>([START]);
  const stack: { state: number; next: number }[] = [{ state: START, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const arc = net.arcs[top.state]?.[top.next++];
    if (!arc) {
      finished.push(top.state);
      stack.pop();
    } else if (!seen.has(arc.target)) {
      seen.add(arc.target);
      stack.push({ state: arc.target, next: 0 });
    }
  }
  const order = finished.reverse().filter((state) => state !== FINAL);
  return [...order, FINAL];
}

/** Merges common prefixes: a list becomes a trie. */
export function mergePrefixes(net: NetBuilder): void {
  const indegree = new Uint32Array(net.arcs.length);
  for (const arcs of net.arcs)
    for (const arc of arcs) indegree[arc.target] = indegree[arc.target]! + 1;
  const todo = [START];
  for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
    const arcs = net.takeArcs(state);
    const groups = new Map<number, DraftArc[]>();
    arcs.forEach((arc, i) => {
      const own = arc.kind === ARC.word && arc.target !== FINAL && indegree[arc.target] === 1;
      // An arc that cannot be merged has a key of its own, below zero.
      const key = own ? arc.label * 2 ** 24 + arc.output : -1 - i;
      const group = groups.get(key);
      if (group) group.push(arc);
      else groups.set(key, [arc]);
      if (own && !group) todo.push(arc.target);
    });
    for (const [first, ...others] of groups.values())
      if (first) net.arcs[state]?.push(others.length > 0 ? joinTargets(net, first, others) : first);
  }
}

function joinTargets(net: NetBuilder, first: DraftArc, others: readonly DraftArc[]): DraftArc {
  const cost = others.reduce((sum, arc) => addCosts(sum, arc.cost), first.cost);
  const joined = [first, ...others].flatMap((arc) =>
    net.takeArcs(arc.target).map((inner) => ({ ...inner, cost: inner.cost + arc.cost - cost })),
  );
  for (const arc of joined) net.arcs[first.target]?.push(arc);
  return { ...first, cost };
}
