import type { Output } from "../automaton.ts";
import { NetBuilder } from "./net-builder.ts";

/** The nets, words and outputs of an automaton under construction; equal ones are stored once. */
export class NetTable {
  readonly nets: NetBuilder[] = [];
  readonly outputs: Output[] = [];
  readonly #onArc: () => void;
  readonly #netIndex = new Map<string, number>();
  readonly #words = new Map<string, number>();
  readonly #outputIndex = new Map<string, number>();

  /** @param onArc called for every arc of every net */
  constructor(onArc: () => void) {
    this.#onArc = onArc;
  }

  get words(): string[] {
    return [...this.#words.keys()];
  }

  /** Index of the net with this key; `fill` builds it on first use. */
  net(key: string, fill: (net: NetBuilder) => void): number {
    const known = this.#netIndex.get(key);
    if (known !== undefined) return known;
    const net = this.addNet(key);
    const index = this.nets.length - 1;
    this.#netIndex.set(key, index);
    fill(net);
    return index;
  }

  addNet(name: string): NetBuilder {
    const net = new NetBuilder(name, this.#onArc);
    this.nets.push(net);
    return net;
  }

  /** Label of a word. */
  word(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    this.#words.set(word, this.#words.size);
    return this.#words.size - 1;
  }

  /** Index plus one of an output. */
  output(output: Output): number {
    const key = JSON.stringify(output);
    const known = this.#outputIndex.get(key);
    if (known !== undefined) return known;
    const index = this.outputs.push(output);
    this.#outputIndex.set(key, index);
    return index;
  }

  addend(value: number): number {
    return this.output({ type: "addend", value: value === 0 ? 0 : value });
  }
}
