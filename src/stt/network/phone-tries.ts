import type { FormsOf, Onset } from "../../models/word-forms.ts";
import { pushCosts } from "./push-costs.ts";
import { NONE, TrieLeaves, TrieNodes } from "./trie-arrays.ts";
import { ANY_WORD, type WordNetwork } from "./word-network.ts";

const ONSETS = ["any", "vowel", "consonant"] as const satisfies readonly Onset[];
const ANY_ONSET = 0;

/**
 * One phone trie per state of a word network, built when the search first reaches the state. Words with the same first
 * phones share nodes, and with them tokens. The root of each trie is a node without an emission.
 */
export class PhoneTries {
  readonly network: WordNetwork;
  /** Index of the emission of a wildcard's word, behind those of the model's phones. */
  readonly anyWordEmission: number;
  readonly nodes = new TrieNodes();
  readonly leaves = new TrieLeaves();
  readonly #formsOf: FormsOf;
  /** For each of the model's phones. */
  readonly #isVowel: readonly boolean[];
  /** Root of each key: a state of the network with an onset. */
  readonly #rootOf = new Map<number, number>();
  readonly #keyOf = new Map<number, number>();
  readonly #built = new Set<number>();

  constructor(network: WordNetwork, formsOf: FormsOf, isVowel: readonly boolean[]) {
    this.network = network;
    this.#formsOf = formsOf;
    this.#isVowel = isVowel;
    this.anyWordEmission = isVowel.length;
  }

  /** Nodes of all tries, a measure of memory. */
  get size(): number {
    return this.nodes.count;
  }

  /** The root of the trie of a state, or of those words of it that begin with an onset (index into ONSETS). */
  root(state: number, onset = ANY_ONSET): number {
    const key = state * ONSETS.length + onset;
    let root = this.#rootOf.get(key);
    if (root === undefined) {
      root = this.nodes.add(NONE);
      this.#rootOf.set(key, root);
      this.#keyOf.set(root, key);
    }
    return root;
  }

  stateOf(root: number): number {
    return Math.floor(this.#keyOf.get(root)! / ONSETS.length);
  }

  /** Cost of ending at a root, nats; Infinity where no phrase ends. */
  finalCost(root: number): number {
    return this.#onsetOf(root) === ANY_ONSET
      ? this.network.finalCost(this.stateOf(root))
      : Infinity;
  }

  /** Builds the trie below a root. The caller does so before it reads the root's children. */
  build(root: number): void {
    if (this.#built.has(root)) return;
    this.#built.add(root);
    const first = this.nodes.count;
    const { words, costs } = this.network.continuations(this.stateOf(root));
    for (const [index, word] of words.entries()) this.#addWord(root, word, index, costs[index]!);
    pushCosts(this.nodes, this.leaves, root, first);
  }

  /** The root behind a leaf of the trie of `root`. */
  rootAfter(leaf: number, root: number): number {
    const { leaves } = this;
    if (leaves.nextRoot[leaf] === NONE) {
      const state = this.network.next(this.stateOf(root), leaves.continuation[leaf]!);
      leaves.nextRoot[leaf] = this.root(state, leaves.onset[leaf]);
    }
    return leaves.nextRoot[leaf]!;
  }

  /** Drops all tries and the network's states; the columns keep their size. */
  forget(): void {
    this.network.forget();
    this.nodes.count = 0;
    this.leaves.count = 0;
    this.#rootOf.clear();
    this.#keyOf.clear();
    this.#built.clear();
  }

  #addWord(root: number, word: number, index: number, cost: number): void {
    if (word === ANY_WORD) {
      const node = this.nodes.childOf(root, this.anyWordEmission);
      this.#append(node, this.leaves.add(word, index, cost, ANY_ONSET));
      return;
    }
    const onset = this.#onsetOf(root);
    for (const { phones, costNats, before } of this.#formsOf(this.network.words[word]!)) {
      if (onset !== ANY_ONSET && onset !== this.#onsetOfPhone(phones[0]!)) continue;
      let node = root;
      for (const phone of phones) node = this.nodes.childOf(node, phone);
      if (node === root) continue;
      this.#append(node, this.leaves.add(word, index, cost + costNats, ONSETS.indexOf(before)));
    }
  }

  /** Keeps the order of the templates: of words that sound the same the search takes the first leaf. */
  #append(node: number, leaf: number): void {
    const { nodes, leaves } = this;
    let last = nodes.firstLeaf[node]!;
    if (last === NONE) {
      nodes.firstLeaf[node] = leaf;
      return;
    }
    while (leaves.sibling[last] !== NONE) last = leaves.sibling[last]!;
    leaves.sibling[last] = leaf;
  }

  #onsetOf(root: number): number {
    return this.#keyOf.get(root)! % ONSETS.length;
  }

  #onsetOfPhone(phone: number): number {
    return ONSETS.indexOf(this.#isVowel[phone] === true ? "vowel" : "consonant");
  }
}
