import { grown } from "../network/growable.ts";
import { NONE } from "../network/phone-tries.ts";

/** Marks an entry that joins two histories. */
const JOIN = -3;

/** A word of a hypothesis and the frames it was heard in. */
export type HeardWord = {
  /** Index into the network's words, or ANY_WORD. */
  readonly word: number;
  readonly startFrame: number;
  /** Exclusive. */
  readonly endFrame: number;
};

/** A sequence of words with the score of its best path. */
export type Hypothesis = {
  /** Sum of log-probabilities less all costs. */
  readonly score: number;
  /** The costs in that score: words, slots, fillers, the end of the sentence. */
  readonly costNats: number;
  readonly words: readonly HeardWord[];
};

/**
 * The words said so far, for all tokens at once, as a graph that shares beginnings: an entry is a word
 * after another entry, or the meeting of two histories where the worse one is kept with what it lacks,
 * so that runners-up can be read back at the end.
 */
export class WordHistory {
  #previous = new Int32Array(1024);
  #word = new Int32Array(1024);
  /** For a join: the worse history. */
  #startFrame = new Int32Array(1024);
  #endFrame = new Int32Array(1024);
  /** Of the word; for a join: what the worse history lacks, in nats. */
  #cost = new Float32Array(1024);
  #hash = new Int32Array(1024);
  #count = 0;

  get size(): number {
    return this.#count;
  }

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
  wordsOf(entry: number): HeardWord[] {
    const words: HeardWord[] = [];
    for (let e = entry; e !== NONE; e = this.#previous[e]!) {
      if (this.#word[e] !== JOIN) words.push(this.#heard(e));
    }
    return words.toReversed();
  }

  /** Cost of the words of the best history of an entry. */
  costOf(entry: number): number {
    let cost = 0;
    for (let e = entry; e !== NONE; e = this.#previous[e]!) {
      if (this.#word[e] !== JOIN) cost += this.#cost[e]!;
    }
    return cost;
  }

  isJoin(entry: number): boolean {
    return this.#word[entry] === JOIN;
  }

  previousOf(entry: number): number {
    return this.#previous[entry]!;
  }

  /** The worse side of a join, and how far it is behind. */
  runnerUpOf(entry: number): { readonly entry: number; readonly deficitNats: number } {
    return { entry: this.#startFrame[entry]!, deficitNats: this.#cost[entry]! };
  }

  wordAt(entry: number): HeardWord & { readonly costNats: number } {
    return { ...this.#heard(entry), costNats: this.#cost[entry]! };
  }

  #heard(entry: number): HeardWord {
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
