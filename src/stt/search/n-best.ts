import { NONE } from "../network/trie-arrays.ts";
import type { WordSpan, WordSequence, WordHistory } from "./word-history.ts";

/** A token at which a phrase may end. */
export type PhraseEnd = {
  readonly score: number;
  readonly costNats: number;
  readonly entry: number;
};

/** A history that is not read to its beginning, and the words behind it. */
type Open = PhraseEnd & { readonly words: Tail | null; readonly key: string };
type Tail = { readonly word: WordSpan; readonly rest: Tail | null };

/** Bounds the entries that are read per sequence, where joins multiply. */
const MAX_STEPS_PER_SEQUENCE = 2000;

/**
 * The best sequences of words among all ends and their runners-up, best first, each sequence once.
 * @param limit of sequences
 */
export function nBest(
  history: WordHistory,
  ends: readonly PhraseEnd[],
  limit: number,
): WordSequence[] {
  const open = new BestFirst();
  for (const end of ends) open.push({ ...end, words: null, key: "" });
  const seen = new Set<string>();
  const found: WordSequence[] = [];
  let steps = limit * MAX_STEPS_PER_SEQUENCE;
  for (let at = open.pop(); at !== undefined && steps-- > 0; at = open.pop()) {
    const key = `${at.entry}|${at.key}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (at.entry === NONE) {
      found.push({ score: at.score, costNats: at.costNats, words: toArray(at.words) });
      if (found.length === limit) break;
      continue;
    }
    for (const next of expand(history, at)) open.push(next);
  }
  return found;
}

function expand(history: WordHistory, at: Open): Open[] {
  const entry = history.previousOf(at.entry);
  if (history.isJoin(at.entry)) {
    const other = history.runnerUpOf(at.entry);
    return [
      { ...at, entry },
      { ...at, entry: other.entry, score: at.score - other.deficitNats },
    ];
  }
  const { costNats, ...word } = history.wordAt(at.entry);
  const words = { word, rest: at.words };
  const key = `${word.word} ${at.key}`;
  return [{ score: at.score, costNats: at.costNats + costNats, entry, words, key }];
}

function toArray(tail: Tail | null): WordSpan[] {
  const words: WordSpan[] = [];
  for (let t = tail; t !== null; t = t.rest) words.push(t.word);
  return words;
}

/** A binary heap, highest score first. */
class BestFirst {
  readonly #heap: Open[] = [];

  push(item: Open): void {
    const heap = this.#heap;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.score >= item.score) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  }

  pop(): Open | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || last === top) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]!.score > heap[child]!.score) child++;
      if (heap[child]!.score <= last.score) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
