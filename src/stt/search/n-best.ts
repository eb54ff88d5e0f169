import { NONE } from "../network/phone-tries.ts";
import type { HeardWord, Hypothesis, WordHistory } from "./word-history.ts";

/** A place where a sentence may end. */
export type SentenceEnd = {
  readonly score: number;
  readonly costNats: number;
  readonly entry: number;
};

/** A history still to be read, with the words behind it. */
type Open = SentenceEnd & { readonly words: Tail | null; readonly key: string };
type Tail = { readonly word: HeardWord; readonly rest: Tail | null };

/** Reading is given up after this many entries per hypothesis asked for. */
const MAX_STEPS_PER_HYPOTHESIS = 2000;

/** The best sequences of words of all ends and their runners-up: best-first search, each sequence once. */
export function readHypotheses(
  history: WordHistory,
  ends: readonly SentenceEnd[],
  limit: number,
): Hypothesis[] {
  const open = new BestFirst();
  for (const end of ends) open.push({ ...end, words: null, key: "" });
  const seen = new Set<string>();
  const found: Hypothesis[] = [];
  let steps = limit * MAX_STEPS_PER_HYPOTHESIS;
  for (let at = open.pop(); at !== undefined && steps-- > 0; at = open.pop()) {
    const place = `${at.entry}|${at.key}`;
    if (seen.has(place)) continue;
    seen.add(place);
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

function toArray(tail: Tail | null): HeardWord[] {
  const words: HeardWord[] = [];
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
