import { EXTRA_EMISSIONS, FILLER, NONE, type PhoneTries } from "../network/phone-tries.ts";
import type { Posteriors } from "../../models/posteriors.ts";
import { readHypotheses } from "./n-best.ts";
import { TokenList } from "./token-list.ts";
import { type HeardWord, type Hypothesis, WordHistory } from "./word-history.ts";

export type BeamOptions = {
  /** Tokens this much worse than the best are dropped, in nats. */
  readonly beamNats: number;
  /** At most this many tokens survive a frame (the worst are dropped first). */
  readonly maxTokens: number;
  /** Nats for every frame of a filler, against the best phone of the frame. */
  readonly fillerFrameNats: number;
  /** Nats for every frame of a word of any spelling, against the best phone of the frame. */
  readonly anyWordFrameNats: number;
  /** Runners-up further behind than this are not kept, in nats. */
  readonly runnerUpNats: number;
};

const BLANK = 0;
const HISTOGRAM_BINS = 128;

/**
 * Token passing through phone tries with CTC topology (a phone may last; blanks may stand between phones
 * and must between equal ones). Viterbi: of tokens that meet, the better survives.
 */
export class BeamSearch {
  readonly #tries: PhoneTries;
  readonly #options: BeamOptions;
  readonly #history = new WordHistory();
  readonly #emissions: Float32Array;
  readonly #phoneCount: number;
  #now = new TokenList();
  #next = new TokenList();
  #frame = 0;
  readonly #histogram = new Int32Array(HISTOGRAM_BINS);

  constructor(tries: PhoneTries, phoneCount: number, options: BeamOptions) {
    this.#tries = tries;
    this.#options = options;
    this.#phoneCount = phoneCount;
    this.#emissions = new Float32Array(phoneCount + EXTRA_EMISSIONS.count);
  }

  /** Forgets the utterance. */
  reset(): void {
    this.#history.clear();
    this.#now.clear();
    this.#next.clear();
    this.#frame = 0;
    this.#enterRoot(this.#now, this.#tries.root(this.#tries.network.start), 0, NONE, NONE);
  }

  /** Starts anew and hears all frames. */
  run({ frames, phones, logProbs }: Posteriors): void {
    this.reset();
    for (let f = 0; f < frames; f++) this.hear(logProbs.subarray(f * phones, (f + 1) * phones));
  }

  /** Advances all tokens by one frame of log-probabilities. */
  hear(logProbs: Float32Array): void {
    this.#setEmissions(logProbs);
    const threshold = this.#threshold();
    this.#next.clear();
    for (let slot = 0; slot < this.#now.count; slot++) {
      const best = Math.max(this.#now.phoneScore[slot]!, this.#now.blankScore[slot]!);
      if (best >= threshold) this.#advance(slot);
    }
    this.#frame++;
    this.#endWords();
    [this.#now, this.#next] = [this.#next, this.#now];
  }

  /** Complete sentences, best first, each sequence of words once. */
  hypotheses(limit: number): Hypothesis[] {
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
    return readHypotheses(
      this.#history,
      ends.filter((end) => end.score > -Infinity),
      limit,
    );
  }

  /** The words of the best token, whether or not a sentence may end there. */
  partial(): HeardWord[] {
    let best = -Infinity;
    let entry = NONE;
    for (let slot = 0; slot < this.#now.count; slot++) {
      const { phoneScore, blankScore, phoneHistory, blankHistory } = this.#now;
      if (phoneScore[slot]! > best) [best, entry] = [phoneScore[slot]!, phoneHistory[slot]!];
      if (blankScore[slot]! > best) [best, entry] = [blankScore[slot]!, blankHistory[slot]!];
    }
    return this.#history.wordsOf(entry);
  }

  #setEmissions(logProbs: Float32Array): void {
    const best = logProbs.reduce((a, b) => Math.max(a, b));
    this.#emissions.set(logProbs);
    const { fillerFrameNats, anyWordFrameNats } = this.#options;
    this.#emissions[this.#phoneCount + EXTRA_EMISSIONS.filler] = best - fillerFrameNats;
    this.#emissions[this.#phoneCount + EXTRA_EMISSIONS.anyWord] = best - anyWordFrameNats;
  }

  /** The score below which tokens are dropped: the beam, or less when there are too many tokens. */
  #threshold(): number {
    const { count, phoneScore, blankScore } = this.#now;
    const { beamNats, maxTokens } = this.#options;
    let best = -Infinity;
    for (let i = 0; i < count; i++) best = Math.max(best, phoneScore[i]!, blankScore[i]!);
    if (count <= maxTokens) return best - beamNats;

    this.#histogram.fill(0);
    const binsPerNat = HISTOGRAM_BINS / beamNats;
    for (let i = 0; i < count; i++) {
      const bin = Math.floor((best - Math.max(phoneScore[i]!, blankScore[i]!)) * binsPerNat);
      if (bin < HISTOGRAM_BINS) this.#histogram[bin]!++;
    }
    let kept = 0;
    for (let bin = 0; bin < HISTOGRAM_BINS; bin++) {
      kept += this.#histogram[bin]!;
      if (kept > maxTokens) return best - Math.max(1, bin) / binsPerNat;
    }
    return best - beamNats;
  }

  /** Passes one token on: it stays, falls silent, or goes on to the phones that may follow. */
  #advance(slot: number): void {
    const now = this.#now;
    const tries = this.#tries;
    const node = now.node[slot]!;
    const root = now.root[slot]!;
    const isRoot = node === root;
    if (isRoot) tries.build(root);

    const phone = now.phoneScore[slot]!;
    const blank = now.blankScore[slot]!;
    const best = Math.max(phone, blank);
    const lastPhone = isRoot ? now.lastPhone[slot]! : tries.emission[node]!;
    const history = isRoot ? this.#joinedHistory(slot) : bestHistory(now, slot);
    const start = phone > blank ? now.phoneStart[slot]! : now.blankStart[slot]!;

    const firstChild = tries.firstChild[node]!;
    if (firstChild !== NONE || isRoot) {
      this.#offerBlank(node, root, best + this.#emissions[BLANK]!, history, start);
    }
    if (!isRoot) {
      const score = phone + this.#emissions[lastPhone]!;
      this.#offerPhone(node, root, score, now.phoneHistory[slot]!, now.phoneStart[slot]!);
    }
    for (let child = firstChild; child !== NONE; child = tries.sibling[child]!) {
      const emission = tries.emission[child]!;
      const needsBlank = emission === lastPhone;
      const score = (needsBlank ? blank : best) + this.#emissions[emission]! - tries.cost[child]!;
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

  /** Where a phone just emitted ends a word, the token goes on in the trie of what may follow. */
  #endWords(): void {
    const next = this.#next;
    const tries = this.#tries;
    let best = -Infinity;
    for (let i = 0; i < next.count; i++) {
      best = Math.max(best, next.phoneScore[i]!, next.blankScore[i]!);
    }
    const threshold = best - this.#options.beamNats;
    const count = next.count; // roots that are entered below come behind and end no word
    for (let slot = 0; slot < count; slot++) {
      const score = next.phoneScore[slot]!;
      if (score < threshold) continue;
      const node = next.node[slot]!;
      for (let leaf = tries.firstLeaf[node]!; leaf !== NONE; leaf = tries.leafSibling[leaf]!) {
        const after = score - tries.leafCost[leaf]!;
        if (after >= threshold) this.#endWord(slot, leaf, after);
      }
    }
  }

  #endWord(slot: number, leaf: number, score: number): void {
    const next = this.#next;
    const tries = this.#tries;
    const before = next.phoneHistory[slot]!;
    const root = tries.rootAfter(leaf, next.root[slot]!);
    const word = tries.leafWord[leaf]!;
    if (word === FILLER) {
      this.#enterRoot(next, root, score, before, NONE);
      return;
    }
    const start = next.phoneStart[slot]!;
    const cost = tries.leafFullCost[leaf]!;
    const phone = tries.emission[next.node[slot]!]!;
    const entry = this.#history.add(before, word, start, this.#frame, cost);
    this.#enterRoot(next, root, score, entry, phone);

    const backoff = tries.network.backoff(tries.stateOf(root));
    if (backoff === undefined) return;
    const dearer = this.#history.add(before, word, start, this.#frame, cost + backoff.costNats);
    const lower = tries.root(backoff.state);
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

  /** At a root the words that ended just now meet those that ended before. */
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
