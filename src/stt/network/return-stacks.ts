/** A return from a call: to a state of the caller, with the caller's own stack, at an extra cost. */
export type Return = { readonly state: number; readonly stack: number; readonly costNats: number };

/** Costs are compared in these steps, so that equal histories meet. */
const COST_STEP_NATS = 1 / 256;

/**
 * Return stacks of a recursive automaton, merged into a graph: a stack is the set of its possible returns, each with a
 * parent stack. Equal stacks have the same number (hash-consing), so the search enters a list once even if three hundred
 * templates call it.
 */
export class ReturnStacks {
  /** The stack of the root net, which returns nowhere. */
  static readonly empty = 0;

  #returns: (readonly Return[])[] = [[]];
  #ids = new Map<string, number>();

  get size(): number {
    return this.#returns.length;
  }

  returnsOf(stack: number): readonly Return[] {
    return this.#returns[stack]!;
  }

  /** The stack with exactly these returns, of which the cheapest costs 0. */
  of(returns: readonly Return[]): number {
    const merged = this.#mergeStates(returns);
    const key = merged.map((r) => `${r.state},${r.stack},${toSteps(r.costNats)}`).join(" ");
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#returns.length;
      this.#returns.push(merged);
      this.#ids.set(key, id);
    }
    return id;
  }

  /** One stack for two ways to the same state that cost `extraA` and `extraB` nats more than the cheaper one. */
  merge(a: number, extraA: number, b: number, extraB: number): number {
    if (a === b) return a;
    const dearer = (stack: number, extra: number): Return[] =>
      this.returnsOf(stack).map((r) => ({ ...r, costNats: r.costNats + extra }));
    return this.of([...dearer(a, extraA), ...dearer(b, extraB)]);
  }

  clear(): void {
    this.#returns = [[]];
    this.#ids.clear();
  }

  /** Sorted by state, one return per state. */
  #mergeStates(returns: readonly Return[]): Return[] {
    const byState = new Map<number, Return>();
    for (const r of returns) {
      const known = byState.get(r.state);
      byState.set(r.state, known === undefined ? r : this.#mergeReturns(known, r));
    }
    return [...byState.values()].toSorted((x, y) => x.state - y.state);
  }

  #mergeReturns(a: Return, b: Return): Return {
    const costNats = Math.min(a.costNats, b.costNats);
    const stack = this.merge(a.stack, a.costNats - costNats, b.stack, b.costNats - costNats);
    return { state: a.state, stack, costNats };
  }
}

/** A cost as a whole number of comparison steps. */
export function toSteps(costNats: number): number {
  return Math.round(costNats / COST_STEP_NATS);
}
