import { grown } from "./growable.ts";

/** Stands for "no node", "no leaf", "no word", "no history". */
export const NONE = -1;

/** Nodes of phone tries as columns: a node is an index into each. Columns are replaced when they grow. */
export class TrieNodes {
  /** Index of the emission that enters the node; NONE at a root. */
  emission = new Int32Array(4096);
  /** Cost of entering the node, nats: what its cheapest word costs more than the cheapest below its parent. */
  cost = new Float32Array(4096);
  firstChild = new Int32Array(4096);
  sibling = new Int32Array(4096);
  firstLeaf = new Int32Array(4096);
  count = 0;

  /** A node without parent, children and leaves. */
  add(emission: number): number {
    const node = this.count++;
    if (node >= this.emission.length) this.#grow();
    this.emission[node] = emission;
    this.cost[node] = 0;
    this.firstChild[node] = NONE;
    this.sibling[node] = NONE;
    this.firstLeaf[node] = NONE;
    return node;
  }

  /** The child with this emission, added if there is none. */
  childOf(parent: number, emission: number): number {
    for (let c = this.firstChild[parent]!; c !== NONE; c = this.sibling[c]!) {
      if (this.emission[c] === emission) return c;
    }
    const node = this.add(emission);
    this.sibling[node] = this.firstChild[parent]!;
    this.firstChild[parent] = node;
    return node;
  }

  #grow(): void {
    const length = this.count;
    this.emission = grown(this.emission, length);
    this.cost = grown(this.cost, length);
    this.firstChild = grown(this.firstChild, length);
    this.sibling = grown(this.sibling, length);
    this.firstLeaf = grown(this.firstLeaf, length);
  }
}

/** Leaves of phone tries as columns: a leaf is the end of a word. Columns are replaced when they grow. */
export class TrieLeaves {
  /** Index into the network's words, or ANY_WORD. */
  word = new Int32Array(1024);
  /** Cost that is not yet paid on the way to the leaf, nats. */
  cost = new Float32Array(1024);
  /** Cost of the word in all, nats. */
  fullCost = new Float32Array(1024);
  sibling = new Int32Array(1024);
  /** Index of the word among the continuations of the trie's state. */
  continuation = new Int32Array(1024);
  /** Index into ONSETS: what the next word has to begin with. */
  onset = new Uint8Array(1024);
  /** Root of the trie behind the leaf; NONE until the search gets there. */
  nextRoot = new Int32Array(1024);
  count = 0;

  add(word: number, continuation: number, cost: number, onset: number): number {
    const leaf = this.count++;
    if (leaf >= this.word.length) this.#grow();
    this.word[leaf] = word;
    this.cost[leaf] = cost;
    this.fullCost[leaf] = cost;
    this.sibling[leaf] = NONE;
    this.continuation[leaf] = continuation;
    this.onset[leaf] = onset;
    this.nextRoot[leaf] = NONE;
    return leaf;
  }

  #grow(): void {
    const length = this.count;
    this.word = grown(this.word, length);
    this.cost = grown(this.cost, length);
    this.fullCost = grown(this.fullCost, length);
    this.sibling = grown(this.sibling, length);
    this.continuation = grown(this.continuation, length);
    this.onset = grown(this.onset, length);
    this.nextRoot = grown(this.nextRoot, length);
  }
}
