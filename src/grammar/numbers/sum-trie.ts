/**
 * Collects ways to say numbers in a trie whose leaves are values, then reduces it to the smallest graph in which the
 * addends along a path sum up to the value ("twenty" 20, "three" 3). The words after "twenty" and after "thirty" share
 * one node.
 */
export class SumTrie {
  readonly #next = new Map<string, SumTrie>();
  #value: number | undefined;
  /** A reduced graph that continues here; its values are `offset` higher. */
  #tail: { readonly node: SumNode; readonly offset: number } | undefined;

  /** Adds words for a value; the first value of the same words stays. */
  add(words: readonly string[], value: number): void {
    const node = descend(this, words);
    node.#value ??= value;
  }

  /** Adds everything that `tail` says, after `words`. */
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

/** A state of the reduced graph; equal nodes are the same object. */
export type SumNode = {
  /** The smallest value below; addends are relative to it. */
  readonly min: number;
  /** Count of the numbers that continue here. */
  readonly count: number;
  /** The last addend of a number that may end here; undefined if none may. */
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
    if (tail) return { ...tail.node, min: tail.node.min + tail.offset };
    const below: [string, SumNode][] = [];
    for (const [word, child] of next) {
      const node = this.reduce(child);
      if (node) below.push([word, node]);
    }
    const values = [...below.map(([, node]) => node.min), ...(value === undefined ? [] : [value])];
    if (values.length === 0) return undefined;
    const min = Math.min(...values);
    return { ...this.#canonical(below, value, min), min };
  }

  #canonical(below: [string, SumNode][], value: number | undefined, min: number): SumNode {
    const arcs = below.map(([word, target]) => ({
      word,
      addend: round(target.min - min),
      target: this.#share(target),
    }));
    const end = value === undefined ? undefined : round(value - min);
    const count = below.reduce((sum, [, node]) => sum + node.count, value === undefined ? 0 : 1);
    return this.#share({ min: 0, count, end, arcs });
  }

  /** The shared node with this structure, whatever its smallest value. */
  #share(node: SumNode): SumNode {
    const key = `${node.end};${node.arcs.map((arc) => `${arc.word}+${arc.addend}>${this.#id(arc.target)}`).join()}`;
    const known = this.#known.get(key);
    if (known) return known;
    const shared = { ...node, min: 0 };
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

/** Removes the error of binary fractions. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
