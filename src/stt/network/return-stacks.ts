/** Where a call returns to: a state of the caller, the caller's own stack, and what that way costs more. */
export type Return = { readonly state: number; readonly stack: number; readonly costNats: number };

/** Costs that differ by less than this are the same, so that equal histories meet. */
const COST_STEP_NATS = 1 / 256;

/**
 * Return stacks of a recursive automaton, merged into a graph: a stack is the set of its possible returns,
 * each with a parent stack. Equal stacks are the same number (hash-consing), so a list called from three
 * hundred templates at once is entered once.
 */
export class ReturnStacks {
  /** The stack of the root net: nothing to return to. */
  static readonly empty = 0;

  #returns: (readonly Return[])[] = [[]];
  #ids = new Map<string, number>();

  get size(): number {
    return this.#returns.length;
  }

  returnsOf(stack: number): readonly Return[] {
    return this.#returns[stack]!;
  }

  /** The stack with exactly these returns; the cheapest should cost 0. */
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

  /** One stack for two ways to the same state, `extraA` and `extraB` nats dearer than the cheapest. */
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

export function toSteps(costNats: number): number {
  return Math.round(costNats / COST_STEP_NATS);
}
