import type { ReturnStacks } from "./return-stacks.ts";

/** A state of the automaton with the calls to return from and the cost of the way there. */
export type Item = { readonly state: number; readonly stack: number; readonly costNats: number };

/** Items, one per state: two ways to a state become one with both stacks and the lower cost. */
export class ItemSet {
  readonly #stacks: ReturnStacks;
  readonly #byState = new Map<number, Item>();

  constructor(stacks: ReturnStacks) {
    this.#stacks = stacks;
  }

  get(state: number): Item | undefined {
    return this.#byState.get(state);
  }

  /** True when the set changed. */
  add(state: number, stack: number, costNats: number): boolean {
    const known = this.#byState.get(state);
    if (known === undefined) {
      this.#byState.set(state, { state, stack, costNats });
      return true;
    }
    if (known.stack === stack && known.costNats <= costNats) return false;
    const lower = Math.min(known.costNats, costNats);
    const merged = this.#stacks.merge(known.stack, known.costNats - lower, stack, costNats - lower);
    if (merged === known.stack && lower === known.costNats) return false;
    this.#byState.set(state, { state, stack: merged, costNats: lower });
    return true;
  }

  values(): IterableIterator<Item> {
    return this.#byState.values();
  }
}
