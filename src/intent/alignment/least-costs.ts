import type { EditCosts } from "./edit-costs.ts";
import { costOfSkip, type Lattice } from "./lattice.ts";

/** What reading a part of a text costs at least, whatever the sentence: ways that cannot get cheaper end early. */
export type LeastCosts = {
  /** From the beginning to this node. */
  readonly before: (node: number) => number;
  /** From this node to the end. */
  readonly after: (node: number) => number;
};

export const NO_LEAST: LeastCosts = { before: () => 0, after: () => 0 };

/** Costs are kept in single precision. */
const ROUNDING = 1e-3;

/** `hasWildcards`: whether any sentence may read any word. */
export function leastCosts(lattice: Lattice, costs: EditCosts, hasWildcards: boolean): LeastCosts {
  const { last } = lattice;
  const steps = stepsOf(lattice, costs, hasWildcards);
  const before = new Float64Array(last + 1).fill(Infinity);
  const after = new Float64Array(last + 1).fill(Infinity);
  before[0] = 0;
  after[last] = 0;
  const forwards = steps.toSorted((a, b) => a.from - b.from);
  for (const { from, to, cost } of forwards)
    before[to] = Math.min(before[to] ?? Infinity, (before[from] ?? Infinity) + cost);
  for (const { from, to, cost } of forwards.toReversed())
    after[from] = Math.min(after[from] ?? Infinity, (after[to] ?? Infinity) + cost);
  return {
    before: (node) => (before[node] ?? 0) - ROUNDING,
    after: (node) => (after[node] ?? 0) - ROUNDING,
  };
}

type Step = { readonly from: number; readonly to: number; readonly cost: number };

function stepsOf(
  { edges, skips }: Lattice,
  { substitution, insertion, anyWord }: EditCosts,
  hasWildcards: boolean,
): Step[] {
  const read = edges.map(({ from, to, respaced }, i) => {
    let cost = hasWildcards && !respaced ? anyWord : Infinity;
    for (const more of substitution[i] ?? []) if (more < cost) cost = more;
    return { from, to, cost };
  });
  const passed = skips.flat().map((skip) => ({
    from: skip.from,
    to: skip.to,
    cost: costOfSkip(skip, insertion),
  }));
  return [...read, ...passed];
}
