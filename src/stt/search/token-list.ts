import { grown } from "../network/growable.ts";
import { NONE } from "../network/trie-arrays.ts";

/**
 * The tokens of one frame, at most one per trie node. CTC needs two scores of each: one that ends in the node's phone, one
 * that ends in a blank after it. Columns instead of objects: a token allocates nothing.
 */
export class TokenList {
  node = new Int32Array(1024);
  phoneScore = new Float32Array(1024);
  blankScore = new Float32Array(1024);
  phoneHistory = new Int32Array(1024);
  blankHistory = new Int32Array(1024);
  /** Frame in which the current word begins. */
  phoneStart = new Int32Array(1024);
  blankStart = new Int32Array(1024);
  /** At a root: the last phone of the word before, which needs a blank before it follows again. */
  lastPhone = new Int32Array(1024);
  /** Root of the node's trie. */
  root = new Int32Array(1024);
  count = 0;
  #slotOf = new Int32Array(4096).fill(NONE);

  /** Empties the list. */
  clear(): void {
    for (let i = 0; i < this.count; i++) this.#slotOf[this.node[i]!] = NONE;
    this.count = 0;
  }

  /** The highest score of all tokens, nats; −Infinity without one. */
  bestScore(): number {
    let best = -Infinity;
    for (let i = 0; i < this.count; i++) {
      best = Math.max(best, this.phoneScore[i]!, this.blankScore[i]!);
    }
    return best;
  }

  /** Index of the node's token, added without scores if there is none. */
  at(node: number, root: number): number {
    const known = node < this.#slotOf.length ? this.#slotOf[node]! : NONE;
    return known === NONE ? this.#add(node, root) : known;
  }

  #add(node: number, root: number): number {
    const slot = this.count++;
    if (slot >= this.node.length) this.#grow();
    if (node >= this.#slotOf.length) this.#growSlots(node);
    this.#slotOf[node] = slot;
    this.node[slot] = node;
    this.root[slot] = root;
    this.phoneScore[slot] = -Infinity;
    this.blankScore[slot] = -Infinity;
    this.phoneHistory[slot] = NONE;
    this.blankHistory[slot] = NONE;
    this.lastPhone[slot] = NONE;
    return slot;
  }

  #growSlots(node: number): void {
    const known = this.#slotOf.length;
    this.#slotOf = grown(this.#slotOf, node + 1);
    this.#slotOf.fill(NONE, known);
  }

  #grow(): void {
    this.node = grown(this.node, this.count);
    this.phoneScore = grown(this.phoneScore, this.count);
    this.blankScore = grown(this.blankScore, this.count);
    this.phoneHistory = grown(this.phoneHistory, this.count);
    this.blankHistory = grown(this.blankHistory, this.count);
    this.phoneStart = grown(this.phoneStart, this.count);
    this.blankStart = grown(this.blankStart, this.count);
    this.lastPhone = grown(this.lastPhone, this.count);
    this.root = grown(this.root, this.count);
  }
}
