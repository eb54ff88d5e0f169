import type { FormsOf, Onset } from "../../models/word-forms.ts";
import { grown } from "./growable.ts";
import { ANY_WORD, type WordNetwork } from "./word-network.ts";

/** Stands for "no node", "no leaf", "no word". */
export const NONE = -1;

/** Emissions beside the model's phones, which they follow in a frame's scores. */
export const EXTRA_EMISSIONS = { filler: 0, anyWord: 1, count: 2 } as const;

const ONSETS = ["any", "vowel", "consonant"] as const satisfies readonly Onset[];
const ANY_ONSET = 0;

/** How a filler leaf is told from a word: it leads back to its own root and leaves no trace. */
export const FILLER = -2;

export type TrieCosts = {
  /** Nats for each stretch of noise or foreign words before or after a sentence; Infinity: none allowed. */
  readonly outerFiller: number;
  /** The same between the words of a sentence. */
  readonly innerFiller: number;
};

/**
 * One phone trie per state of a word network, built when the search first gets there: words with the same
 * first phones share their tokens. Nodes and leaves are numbers into flat arrays; the root of each trie is a
 * node without an emission. Each node's cost is what the cheapest word below it costs more than the
 * cheapest below its parent, so that the search knows of costs as early as possible.
 */
export class PhoneTries {
  readonly network: WordNetwork;
  readonly #formsOf: FormsOf;
  /** For each of the model's phones. */
  readonly #isVowel: readonly boolean[];
  readonly #phoneCount: number;
  readonly #costs: TrieCosts;

  // Nodes
  emission = new Int32Array(4096);
  cost = new Float32Array(4096);
  firstChild = new Int32Array(4096);
  sibling = new Int32Array(4096);
  firstLeaf = new Int32Array(4096);
  #nodes = 0;
  // Leaves
  /** Index into the network's words, ANY_WORD or FILLER. */
  leafWord = new Int32Array(1024);
  /** What is still to be paid at the leaf. */
  leafCost = new Float32Array(1024);
  /** What the word costs in all. */
  leafFullCost = new Float32Array(1024);
  leafSibling = new Int32Array(1024);
  /** Index of the continuation the leaf stands for. */
  #leafIndex = new Int32Array(1024);
  /** Index into ONSETS. */
  #leafOnset = new Uint8Array(1024);
  #leafRoot = new Int32Array(1024);
  #leaves = 0;
  // Roots
  #rootOf = new Map<number, number>();
  #keyOf = new Map<number, number>();
  #built = new Set<number>();

  constructor(
    network: WordNetwork,
    formsOf: FormsOf,
    isVowel: readonly boolean[],
    costs: TrieCosts = { outerFiller: Infinity, innerFiller: Infinity },
  ) {
    this.network = network;
    this.#formsOf = formsOf;
    this.#isVowel = isVowel;
    this.#phoneCount = isVowel.length;
    this.#costs = costs;
  }

  /** Nodes made so far, a measure of memory. */
  get size(): number {
    return this.#nodes;
  }

  /** The trie of what may be said in a state, or of what of it begins with such a sound. */
  root(state: number, onset = ANY_ONSET): number {
    const key = state * ONSETS.length + onset;
    let root = this.#rootOf.get(key);
    if (root === undefined) {
      root = this.#addNode(NONE);
      this.#rootOf.set(key, root);
      this.#keyOf.set(root, key);
    }
    return root;
  }

  stateOf(root: number): number {
    return Math.floor(this.#keyOf.get(root)! / ONSETS.length);
  }

  /** Cost of ending at a root; Infinity when a sentence may not end there. */
  finalCost(root: number): number {
    return this.#onsetOf(root) === ANY_ONSET
      ? this.network.finalCost(this.stateOf(root))
      : Infinity;
  }

  /** Makes the trie below a root; to be called before its children are read. */
  build(root: number): void {
    if (this.#built.has(root)) return;
    this.#built.add(root);
    const first = this.#nodes;
    const state = this.stateOf(root);
    const { words, costs } = this.network.continuations(state);
    for (const [index, word] of words.entries()) this.#addWord(root, word, index, costs[index]!);
    if (this.#onsetOf(root) === ANY_ONSET) this.#addFiller(root, state);
    this.#pushCosts(root, first);
  }

  /** The root that a leaf leads to; `root` is the leaf's own. */
  rootAfter(leaf: number, root: number): number {
    if (this.leafWord[leaf] === FILLER) return root;
    if (this.#leafRoot[leaf] === NONE) {
      const state = this.network.next(this.stateOf(root), this.#leafIndex[leaf]!);
      this.#leafRoot[leaf] = this.root(state, this.#leafOnset[leaf]);
    }
    return this.#leafRoot[leaf]!;
  }

  /** Drops all tries and the network's states. */
  forget(): void {
    this.network.forget();
    this.#nodes = 0;
    this.#leaves = 0;
    this.#rootOf.clear();
    this.#keyOf.clear();
    this.#built.clear();
  }

  #addWord(root: number, word: number, index: number, cost: number): void {
    if (word === ANY_WORD) {
      const emission = this.#phoneCount + EXTRA_EMISSIONS.anyWord;
      this.#addLeaf(this.#childOf(root, emission), word, index, cost, ANY_ONSET);
      return;
    }
    const onset = this.#onsetOf(root);
    for (const { phones, costNats, before } of this.#formsOf(this.network.words[word]!)) {
      if (onset !== ANY_ONSET && onset !== this.#onsetOfPhone(phones[0]!)) continue;
      let node = root;
      for (const phone of phones) node = this.#childOf(node, phone);
      if (node === root) continue;
      this.#addLeaf(node, word, index, cost + costNats, ONSETS.indexOf(before));
    }
  }

  #onsetOf(root: number): number {
    return this.#keyOf.get(root)! % ONSETS.length;
  }

  #onsetOfPhone(phone: number): number {
    return ONSETS.indexOf(this.#isVowel[phone] === true ? "vowel" : "consonant");
  }

  #addFiller(root: number, state: number): void {
    const isOuter = state === this.network.start || this.network.finalCost(state) < Infinity;
    const cost = isOuter ? this.#costs.outerFiller : this.#costs.innerFiller;
    if (cost === Infinity) return;
    const node = this.#childOf(root, this.#phoneCount + EXTRA_EMISSIONS.filler);
    this.#addLeaf(node, FILLER, NONE, cost, ANY_ONSET);
  }

  #childOf(parent: number, emission: number): number {
    for (let c = this.firstChild[parent]!; c !== NONE; c = this.sibling[c]!) {
      if (this.emission[c] === emission) return c;
    }
    const node = this.#addNode(emission);
    this.sibling[node] = this.firstChild[parent]!;
    this.firstChild[parent] = node;
    return node;
  }

  #addNode(emission: number): number {
    const node = this.#nodes++;
    if (node >= this.emission.length) this.#growNodes();
    this.emission[node] = emission;
    this.cost[node] = 0;
    this.firstChild[node] = NONE;
    this.sibling[node] = NONE;
    this.firstLeaf[node] = NONE;
    return node;
  }

  #addLeaf(node: number, word: number, index: number, cost: number, onset: number): void {
    const leaf = this.#leaves++;
    if (leaf >= this.leafWord.length) this.#growLeaves();
    this.leafWord[leaf] = word;
    this.leafCost[leaf] = cost;
    this.leafFullCost[leaf] = cost;
    this.leafSibling[leaf] = NONE;
    this.#leafIndex[leaf] = index;
    this.#leafOnset[leaf] = onset;
    this.#leafRoot[leaf] = NONE;
    this.#append(node, leaf);
  }

  /** Of words that sound the same the search takes the first: the one that the templates name first. */
  #append(node: number, leaf: number): void {
    let last = this.firstLeaf[node]!;
    if (last === NONE) {
      this.firstLeaf[node] = leaf;
      return;
    }
    while (this.leafSibling[last] !== NONE) last = this.leafSibling[last]!;
    this.leafSibling[last] = leaf;
  }

  /** Turns leaf costs into node costs as far up as they are shared. Children have higher numbers. */
  #pushCosts(root: number, first: number): void {
    const end = this.#nodes;
    const least = new Float32Array(end - first).fill(Infinity);
    const leastOf = (node: number): number => {
      let min = least[node - first]!;
      for (let l = this.firstLeaf[node]!; l !== NONE; l = this.leafSibling[l]!) {
        min = Math.min(min, this.leafCost[l]!);
      }
      for (let c = this.firstChild[node]!; c !== NONE; c = this.sibling[c]!) {
        min = Math.min(min, least[c - first]!);
      }
      return min;
    };
    for (let node = end - 1; node >= first; node--) least[node - first] = leastOf(node);
    const share = (node: number, given: number): void => {
      for (let l = this.firstLeaf[node]!; l !== NONE; l = this.leafSibling[l]!) {
        this.leafCost[l] = this.leafCost[l]! - given;
      }
      for (let c = this.firstChild[node]!; c !== NONE; c = this.sibling[c]!) {
        this.cost[c] = least[c - first]! - given;
      }
    };
    share(root, 0);
    for (let node = first; node < end; node++) share(node, least[node - first]!);
  }

  #growNodes(): void {
    const length = this.#nodes;
    this.emission = grown(this.emission, length);
    this.cost = grown(this.cost, length);
    this.firstChild = grown(this.firstChild, length);
    this.sibling = grown(this.sibling, length);
    this.firstLeaf = grown(this.firstLeaf, length);
  }

  #growLeaves(): void {
    const length = this.#leaves;
    this.leafWord = grown(this.leafWord, length);
    this.leafCost = grown(this.leafCost, length);
    this.leafFullCost = grown(this.leafFullCost, length);
    this.leafSibling = grown(this.leafSibling, length);
    this.#leafIndex = grown(this.#leafIndex, length);
    this.#leafOnset = grown(this.#leafOnset, length);
    this.#leafRoot = grown(this.#leafRoot, length);
  }
}
