import type { Posteriors } from "../../models/posteriors.ts";
import type { PhoneTries } from "../network/phone-tries.ts";
import { NONE } from "../network/trie-arrays.ts";
import { nBest } from "./n-best.ts";
import { TokenList } from "./token-list.ts";
import { type PruneOptions, TokenPruner } from "./token-pruner.ts";
import { WordHistory, type WordSequence, type WordSpan } from "./word-history.ts";

export type BeamOptions = PruneOptions & {
  /** Cost of each frame of a wildcard's word, against the best phone of the frame, nats. */
  readonly anyWordFrameNats: number;
  /** Runners-up further behind than this are not kept, nats. */
  readonly runnerUpNats: number;
};

const BLANK = 0;

/**
 * Token passing through phone tries with CTC topology: a phone may last; blanks may stand between phones and must
 * between equal ones. Viterbi: of tokens that meet, the better survives.
 */
export class BeamSearch {
  readonly #tries: PhoneTries;
  readonly #options: BeamOptions;
  readonly #pruner: TokenPruner;
  readonly #history = new WordHistory();
  /** Log-probabilities of the frame: of the model's phones, then of a wildcard's word. */
  readonly #emissions: Float32Array;
  #now = new TokenList();
  #next = new TokenList();
  #frame = 0;

  constructor(tries: PhoneTries, options: BeamOptions) {
    this.#tries = tries;
    this.#options = options;
    this.#pruner = new TokenPruner(options);
    this.#emissions = new Float32Array(tries.anyWordEmission + 1);
  }

  /** Forgets the utterance. */
  reset(): void {
    this.#history.clear();
    this.#now.clear();
    this.#next.clear();
    this.#frame = 0;
    this.#enterRoot(this.#now, this.#tries.root(this.#tries.network.start), 0, NONE, NONE);
  }

  /** Starts anew and advances by all frames. */
  run({ frames, phones, logProbs }: Posteriors): void {
    this.reset();
    for (let f = 0; f < frames; f++) this.advance(logProbs.subarray(f * phones, (f + 1) * phones));
  }

  /** Advances all tokens by one frame. @param logProbs of the model's phones, the blank first */
  advance(logProbs: Float32Array): void {
    const best = logProbs.reduce((a, b) => Math.max(a, b));
    this.#emissions.set(logProbs);
    this.#emissions[this.#tries.anyWordEmission] = best - this.#options.anyWordFrameNats;
    const threshold = this.#pruner.threshold(this.#now);
    this.#next.clear();
    for (let slot = 0; slot < this.#now.count; slot++) {
      const score = Math.max(this.#now.phoneScore[slot]!, this.#now.blankScore[slot]!);
      if (score >= threshold) this.#pass(slot);
    }
    this.#frame++;
    this.#endWords();
    [this.#now, this.#next] = [this.#next, this.#now];
  }

  /** Complete phrases, best first, each sequence of words once. */
  nBest(limit: number): WordSequence[] {
    const ends = [];
    for (let slot = 0; slot < this.#now.count; slot++) {
      const { node, root, phoneScore, blankScore, phoneHistory, blankHistory } = this.#now;
      if (node[slot] !== root[slot]) continue;
      const final = this.#tries.finalCost(node[slot]!);
      if (final === Infinity) continue;
      const phone = phoneScore[slot]! - final;
      const blank = blankScore[slot]! - final;
      ends.push({ score: phone, costNats: final, entry: phoneHistory[slot]! });
      ends.push({ score: blank, costNats: final, entry: blankHistory[slot]! });
    }
    return nBest(
      this.#history,
      ends.filter((end) => end.score > -Infinity),
      limit,
    );
  }

  /** The words of the best token, whether or not a phrase may end there. */
  partial(): WordSpan[] {
    let best = -Infinity;
    let entry = NONE;
    for (let slot = 0; slot < this.#now.count; slot++) {
      const { phoneScore, blankScore, phoneHistory, blankHistory } = this.#now;
      if (phoneScore[slot]! > best) [best, entry] = [phoneScore[slot]!, phoneHistory[slot]!];
      if (blankScore[slot]! > best) [best, entry] = [blankScore[slot]!, blankHistory[slot]!];
    }
    return this.#history.wordsOf(entry);
  }

  /** Passes one token on: to its own phone, to a blank, and to the phones that may follow. */
  #pass(slot: number): void {
    const now = this.#now;
    const { nodes } = this.#tries;
    const node = now.node[slot]!;
    const root = now.root[slot]!;
    const isRoot = node === root;
    if (isRoot) this.#tries.build(root);

    const phone = now.phoneScore[slot]!;
    const blank = now.blankScore[slot]!;
    const best = Math.max(phone, blank);
    const lastPhone = isRoot ? now.lastPhone[slot]! : nodes.emission[node]!;
    const history = isRoot ? this.#joinedHistory(slot) : bestHistory(now, slot);
    const start = phone > blank ? now.phoneStart[slot]! : now.blankStart[slot]!;

    const firstChild = nodes.firstChild[node]!;
    if (firstChild !== NONE || isRoot) {
      this.#offerBlank(node, root, best + this.#emissions[BLANK]!, history, start);
    }
    if (!isRoot) {
      const score = phone + this.#emissions[lastPhone]!;
      this.#offerPhone(node, root, score, now.phoneHistory[slot]!, now.phoneStart[slot]!);
    }
    for (let child = firstChild; child !== NONE; child = nodes.sibling[child]!) {
      const emission = nodes.emission[child]!;
      const needsBlank = emission === lastPhone;
      const score = (needsBlank ? blank : best) + this.#emissions[emission]! - nodes.cost[child]!;
      const itsHistory = needsBlank ? now.blankHistory[slot]! : history;
      const itsStart = needsBlank ? now.blankStart[slot]! : start;
      this.#offerPhone(child, root, score, itsHistory, isRoot ? this.#frame : itsStart);
    }
  }

  #offerPhone(node: number, root: number, score: number, history: number, start: number): void {
    if (score === -Infinity) return;
    const next = this.#next;
    const to = next.at(node, root);
    if (score <= next.phoneScore[to]!) return;
    next.phoneScore[to] = score;
    next.phoneHistory[to] = history;
    next.phoneStart[to] = start;
  }

  #offerBlank(node: number, root: number, score: number, history: number, start: number): void {
    const next = this.#next;
    const to = next.at(node, root);
    if (score <= next.blankScore[to]!) return;
    next.blankScore[to] = score;
    next.blankHistory[to] = history;
    next.blankStart[to] = start;
  }

  /** Ends the words whose last phone this frame is: their tokens go on in the trie of the words that may follow. */
  #endWords(): void {
    const next = this.#next;
    const { nodes, leaves } = this.#tries;
    const threshold = next.bestScore() - this.#options.beamNats;
    const count = next.count; // roots that are entered below come behind, and end no word
    for (let slot = 0; slot < count; slot++) {
      const score = next.phoneScore[slot]!;
      if (score < threshold) continue;
      const node = next.node[slot]!;
      for (let leaf = nodes.firstLeaf[node]!; leaf !== NONE; leaf = leaves.sibling[leaf]!) {
        const after = score - leaves.cost[leaf]!;
        if (after >= threshold) this.#endWord(slot, leaf, after);
      }
    }
  }

  #endWord(slot: number, leaf: number, score: number): void {
    const next = this.#next;
    const { nodes, leaves, network } = this.#tries;
    const before = next.phoneHistory[slot]!;
    const root = this.#tries.rootAfter(leaf, next.root[slot]!);
    const word = leaves.word[leaf]!;
    const start = next.phoneStart[slot]!;
    const cost = leaves.fullCost[leaf]!;
    const phone = nodes.emission[next.node[slot]!]!;
    const entry = this.#history.add(before, word, start, this.#frame, cost);
    this.#enterRoot(next, root, score, entry, phone);

    const backoff = network.backoff(this.#tries.stateOf(root));
    if (backoff === undefined) return;
    const dearer = this.#history.add(before, word, start, this.#frame, cost + backoff.costNats);
    const lower = this.#tries.root(backoff.state);
    this.#enterRoot(next, lower, score - backoff.costNats, dearer, phone);
  }

  #enterRoot(list: TokenList, root: number, score: number, history: number, phone: number): void {
    const to = list.at(root, root);
    const known = list.phoneScore[to]!;
    const deficit = Math.abs(score - known);
    const isBetter = score > known;
    const join = deficit < this.#options.runnerUpNats;
    const other = list.phoneHistory[to]!;
    if (isBetter) {
      list.phoneHistory[to] = join ? this.#history.join(history, other, deficit) : history;
      list.phoneScore[to] = score;
      list.lastPhone[to] = phone;
    } else if (join) {
      list.phoneHistory[to] = this.#history.join(other, history, deficit);
    }
  }

  /** At a root, the words that ended in this frame meet those that ended before. */
  #joinedHistory(slot: number): number {
    const { phoneScore, blankScore, phoneHistory, blankHistory } = this.#now;
    const lead = phoneScore[slot]! - blankScore[slot]!;
    const [better, worse] =
      lead > 0
        ? [phoneHistory[slot]!, blankHistory[slot]!]
        : [blankHistory[slot]!, phoneHistory[slot]!];
    const deficit = Math.abs(lead);
    return deficit < this.#options.runnerUpNats
      ? this.#history.join(better, worse, deficit)
      : better;
  }
}

function bestHistory(list: TokenList, slot: number): number {
  return list.phoneScore[slot]! > list.blankScore[slot]!
    ? list.phoneHistory[slot]!
    : list.blankHistory[slot]!;
}
