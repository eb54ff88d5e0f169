/**
 * Ways to say numbers, gathered in a trie whose leaves are values, then reduced to the smallest graph in which
 * the addends along a path sum up to the value ("twenty" 20, "three" 3): what follows "twenty" and what follows
 * "thirty" become one and the same.
 */
export class SumTrie {
  readonly #next = new Map<string, SumTrie>();
  #value: number | undefined;
  /** A reduced graph that continues here, its values `offset` higher. */
  #tail: { readonly node: SumNode; readonly offset: number } | undefined;

  /** The first value given to a way of saying it stays. */
  add(words: readonly string[], value: number): void {
    const node = descend(this, words);
    node.#value ??= value;
  }

  /** After `words`, everything that `tail` says. */
  addTail(words: readonly string[], tail: SumNode | undefined, offset: number): void {
    if (tail) descend(this, words).#tail = { node: tail, offset };
  }

  reduce(): SumNode | undefined {
    return new Reducer().reduce(this);
  }

  get parts(): {
    next: ReadonlyMap<string, SumTrie>;
    value: number | undefined;
    tail: { readonly node: SumNode; readonly offset: number } | undefined;
  } {
    return { next: this.#next, value: this.#value, tail: this.#tail };
  }

  child(word: string): SumTrie {
    const known = this.#next.get(word);
    if (known) return known;
    const child = new SumTrie();
    this.#next.set(word, child);
    return child;
  }
}

function descend(root: SumTrie, words: readonly string[]): SumTrie {
  return words.reduce((node, word) => node.child(word), root);
}

/** A state of the reduced graph; nodes that are equal are the same object. */
export type SumNode = {
  /** The least value below; addends are relative to it. */
  readonly least: number;
  /** How many numbers can be said from here on. */
  readonly count: number;
  /** Set when a number may end here: what is still to be added. */
  readonly end: number | undefined;
  readonly arcs: readonly {
    readonly word: string;
    readonly addend: number;
    readonly target: SumNode;
  }[];
};

class Reducer {
  readonly #known = new Map<string, SumNode>();
  readonly #ids = new Map<SumNode, number>();

  reduce(trie: SumTrie): SumNode | undefined {
    const { next, value, tail } = trie.parts;
    if (tail) return { ...tail.node, least: tail.node.least + tail.offset };
    const below: [string, SumNode][] = [];
    for (const [word, child] of next) {
      const node = this.reduce(child);
      if (node) below.push([word, node]);
    }
    const values = [
      ...below.map(([, node]) => node.least),
      ...(value === undefined ? [] : [value]),
    ];
    if (values.length === 0) return undefined;
    const least = Math.min(...values);
    return { ...this.#canonical(below, value, least), least };
  }

  #canonical(below: [string, SumNode][], value: number | undefined, least: number): SumNode {
    const arcs = below.map(([word, target]) => ({
      word,
      addend: round(target.least - least),
      target: this.#share(target),
    }));
    const end = value === undefined ? undefined : round(value - least);
    const count = below.reduce((sum, [, node]) => sum + node.count, value === undefined ? 0 : 1);
    return this.#share({ least: 0, count, end, arcs });
  }

  /** The one node with this structure, whatever its least value. */
  #share(node: SumNode): SumNode {
    const key = `${node.end};${node.arcs.map((arc) => `${arc.word}+${arc.addend}>${this.#id(arc.target)}`).join()}`;
    const known = this.#known.get(key);
    if (known) return known;
    const shared = { ...node, least: 0 };
    this.#known.set(key, shared);
    return shared;
  }

  #id(node: SumNode): number {
    const known = this.#ids.get(node);
    if (known !== undefined) return known;
    this.#ids.set(node, this.#ids.size);
    return this.#ids.size - 1;
  }
}

/** Tenths do not add up exactly in binary. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
