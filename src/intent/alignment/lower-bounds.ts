import type { EditCosts } from "./edit-costs.ts";
import { costOfSkip, type Lattice } from "./lattice.ts";

/** Lower bounds on the cost of a part of a text, whatever the template: they end the search of dear paths early. */
export type LowerBounds = {
  /** Lowest cost from the first node to this one. */
  readonly before: (node: number) => number;
  /** Lowest cost from this node to the last one. */
  readonly after: (node: number) => number;
};

/** For a search that covers a part of the text only. */
export const NO_BOUNDS: LowerBounds = { before: () => 0, after: () => 0 };

/** Slack for costs that are stored in single precision. */
const ROUNDING_COST = 1e-3;

/** @param hasWildcards whether any template may read any word */
export function lowerBounds(
  lattice: Lattice,
  costs: EditCosts,
  hasWildcards: boolean,
): LowerBounds {
  const { last } = lattice;
  const steps = stepsOf(lattice, costs, hasWildcards);
  const before = new Float64Array(last + 1).fill(Infinity);
  const after = new Float64Array(last + 1).fill(Infinity);
  before[0] = 0;
  after[last] = 0;
  const forwards = steps.toSorted((a, b) => a.from - b.from);
  for (const { from, to, cost } of forwards)
    before[to] = Math.min(before[to]!, before[from]! + cost);
  for (const { from, to, cost } of forwards.toReversed())
    after[from] = Math.min(after[from]!, after[to]! + cost);
  return {
    before: (node) => before[node]! - ROUNDING_COST,
    after: (node) => after[node]! - ROUNDING_COST,
  };
}

type Step = { readonly from: number; readonly to: number; readonly cost: number };

function stepsOf(
  { edges, skips }: Lattice,
  { substitution, insertion, wildcard }: EditCosts,
  hasWildcards: boolean,
): Step[] {
  const read = edges.map(({ from, to, respaced }, i) => {
    let cost = hasWildcards && !respaced ? wildcard : Infinity;
    for (const more of substitution[i]!) if (more < cost) cost = more;
    return { from, to, cost };
  });
  const passed = skips.flat().map((skip) => ({
    from: skip.from,
    to: skip.to,
    cost: costOfSkip(skip, insertion),
  }));
  return [...read, ...passed];
}
