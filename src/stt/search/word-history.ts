import { grown } from "../network/growable.ts";
import { NONE } from "../network/trie-arrays.ts";

/** Marks an entry that joins two histories. */
const JOIN = -3;

/** A word of a sequence and the frames that the search found it in. */
export type WordSpan = {
  /** Index into the network's words; ANY_WORD for a word that a wildcard took. */
  readonly word: number;
  readonly startFrame: number;
  /** Exclusive. */
  readonly endFrame: number;
};

/** A sequence of words and the score of its best path. */
export type WordSequence = {
  /** Sum of log-probabilities less all costs, nats. */
  readonly score: number;
  /** The costs in that score: words, slots, the end of the phrase; nats. */
  readonly costNats: number;
  readonly words: readonly WordSpan[];
};

/**
 * The words so far of all tokens, as a graph that shares beginnings. An entry is a word after another entry, or joins two
 * histories: it keeps the worse one with its deficit, so that runners-up can be read back at the end.
 */
export class WordHistory {
  #previous = new Int32Array(1024);
  #word = new Int32Array(1024);
  /** First frame of the word; for a join: the worse history. */
  #startFrame = new Int32Array(1024);
  #endFrame = new Int32Array(1024);
  /** Cost of the word; for a join: the deficit of the worse history; nats. */
  #cost = new Float32Array(1024);
  #hash = new Int32Array(1024);
  #count = 0;

  clear(): void {
    this.#count = 0;
  }

  add(previous: number, word: number, start: number, end: number, costNats: number): number {
    const hash = Math.imul(
      (previous === NONE ? 17 : this.#hash[previous]!) ^ (word + 2),
      0x01000193,
    );
    return this.#append(previous, word, start, end, costNats, hash ^ (hash >>> 15));
  }

  /** Both histories as one: `better` with `worse` as a runner-up that is `deficitNats` behind. */
  join(better: number, worse: number, deficitNats: number): number {
    if (better === worse || better === NONE || worse === NONE) return better;
    if (this.#hash[better] === this.#hash[worse]) return better;
    return this.#append(better, JOIN, worse, 0, deficitNats, this.#hash[better]!);
  }

  /** The words of the best history of an entry, first word first. */
  wordsOf(entry: number): WordSpan[] {
    const words: WordSpan[] = [];
    for (let e = entry; e !== NONE; e = this.#previous[e]!) {
      if (this.#word[e] !== JOIN) words.push(this.#spanOf(e));
    }
    return words.toReversed();
  }

  isJoin(entry: number): boolean {
    return this.#word[entry] === JOIN;
  }

  previousOf(entry: number): number {
    return this.#previous[entry]!;
  }

  /** The worse side of a join and its deficit. */
  runnerUpOf(entry: number): { readonly entry: number; readonly deficitNats: number } {
    return { entry: this.#startFrame[entry]!, deficitNats: this.#cost[entry]! };
  }

  wordAt(entry: number): WordSpan & { readonly costNats: number } {
    return { ...this.#spanOf(entry), costNats: this.#cost[entry]! };
  }

  #spanOf(entry: number): WordSpan {
    return {
      word: this.#word[entry]!,
      startFrame: this.#startFrame[entry]!,
      endFrame: this.#endFrame[entry]!,
    };
  }

  #append(
    previous: number,
    word: number,
    start: number,
    end: number,
    cost: number,
    hash: number,
  ): number {
    const entry = this.#count++;
    if (entry >= this.#word.length) this.#grow();
    this.#previous[entry] = previous;
    this.#word[entry] = word;
    this.#startFrame[entry] = start;
    this.#endFrame[entry] = end;
    this.#cost[entry] = cost;
    this.#hash[entry] = hash;
    return entry;
  }

  #grow(): void {
    this.#previous = grown(this.#previous, this.#count);
    this.#word = grown(this.#word, this.#count);
    this.#startFrame = grown(this.#startFrame, this.#count);
    this.#endFrame = grown(this.#endFrame, this.#count);
    this.#cost = grown(this.#cost, this.#count);
    this.#hash = grown(this.#hash, this.#count);
  }
}
