import type { Automaton } from "../../grammar/automaton.ts";
import type { GrammarSearchSettings } from "../../models/decoding-settings.ts";
import { type Closure, closeItems } from "./grammar-closure.ts";
import { type Item, ItemSet } from "./item-set.ts";
import { type NetOrder, orderNets } from "./net-order.ts";
import { ReturnStacks, toSteps } from "./return-stacks.ts";
import type { Continuations, WordNetwork } from "./word-network.ts";

type Costs = Pick<GrammarSearchSettings, "wordNats" | "slotNats">;

/** A state whose continuations have been worked out. */
type Expansion = {
  readonly continuations: Continuations;
  readonly after: readonly (readonly Item[])[];
  /** State after each continuation; -1 until a search gets there. */
  readonly next: Int32Array;
  readonly finalCost: number;
};

/**
 * Templates as a deterministic network of words. Each state is the set of all places in the automaton that the words so
 * far may lead to (subset construction, done as states are reached). The caller bounds the memory with `forget`.
 *
 * @throws EarshotError TEMPLATES_INVALID when a rule refers to itself
 */
export class GrammarNetwork implements WordNetwork {
  readonly words: readonly string[];
  readonly start = 0;
  readonly #automaton: Automaton;
  readonly #costs: Costs;
  readonly #order: NetOrder;
  readonly #stacks = new ReturnStacks();
  #kernels: (readonly Item[])[] = [];
  #expansions: (Expansion | undefined)[] = [];
  readonly #ids = new Map<string, number>();

  constructor(automaton: Automaton, costs: Costs) {
    this.words = automaton.words;
    this.#automaton = automaton;
    this.#costs = costs;
    this.#order = orderNets(automaton);
    this.#addStart();
  }

  get size(): number {
    return this.#kernels.length + this.#stacks.size;
  }

  continuations(state: number): Continuations {
    return this.#expand(state).continuations;
  }

  next(state: number, index: number): number {
    const { next, after, continuations } = this.#expand(state);
    if (next[index] === -1) {
      const base = continuations.costs[index]! - this.#costs.wordNats;
      next[index] = this.#intern(this.#merge(after[index]!, base));
    }
    return next[index]!;
  }

  finalCost(state: number): number {
    return this.#expand(state).finalCost;
  }

  backoff(): undefined {
    return undefined;
  }

  forget(): void {
    this.#stacks.clear();
    this.#ids.clear();
    this.#kernels = [];
    this.#expansions = [];
    this.#addStart();
  }

  #addStart(): void {
    const state = this.#automaton.nets[0]!.start;
    this.#intern([{ state, stack: ReturnStacks.empty, costNats: 0 }]);
  }

  #expand(state: number): Expansion {
    this.#expansions[state] ??= toExpansion(
      closeItems(
        this.#automaton,
        this.#order,
        this.#stacks,
        this.#kernels[state]!,
        this.#costs.slotNats,
      ),
      this.#costs.wordNats,
    );
    return this.#expansions[state];
  }

  /** One item per state, costs relative to `baseNats`. */
  #merge(items: readonly Item[], baseNats: number): Item[] {
    const set = new ItemSet(this.#stacks);
    for (const { state, stack, costNats } of items) set.add(state, stack, costNats - baseNats);
    return [...set.values()].toSorted((a, b) => a.state - b.state);
  }

  #intern(kernel: readonly Item[]): number {
    const key = kernel.map((i) => `${i.state},${i.stack},${toSteps(i.costNats)}`).join(" ");
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#kernels.length;
      this.#kernels.push(kernel);
      this.#ids.set(key, id);
    }
    return id;
  }
}

function toExpansion({ finalCost, after }: Closure, wordCost: number): Expansion {
  const lists = [...after.values()];
  const costs = Float32Array.from(
    lists,
    (items) => wordCost + items.reduce((least, i) => Math.min(least, i.costNats), Infinity),
  );
  return {
    continuations: { words: Int32Array.from(after.keys()), costs },
    after: lists,
    next: new Int32Array(lists.length).fill(-1),
    finalCost,
  };
}
