import type { Reading } from "../scoring/hypothesis.ts";

/** What one listening makes of an utterance. */
export type Listened = {
  /** Best first. */
  readonly readings: readonly Reading[];
  /** Of the best phones without templates: what the readings' scores are taken against. */
  readonly freeScore: number;
};

/** Words that a listening does not come upon are this much worse than the worst that it does, nats. */
export const UNHEARD_NATS = 2;

/** What several listenings together make of an utterance. */
export type Agreed<T> = T & {
  /** How far any words lie behind the best, nats: the mean over the listenings. */
  readonly behindNats: ReadonlyMap<string, number>;
};

/**
 * The words that several listenings together find best: their scores against free phones add up. Few mistakes are
 * made twice.
 * @returns the listening that ranks these words highest, with their readings first, and what speaks against any of them
 * in the mean; the first listening where none hears anything
 */
export function agree<T extends Listened>(listenings: readonly [T, ...T[]]): Agreed<T> {
  const scores = listenings.map(gapsByText);
  const ranked = [...new Set(scores.flatMap(({ gaps }) => [...gaps.keys()]))]
    .map((text) => ({
      text,
      gap: sum(scores.map(({ gaps, unheard }) => gaps.get(text) ?? unheard)),
    }))
    .toSorted((a, b) => a.gap - b.gap);
  const [best] = ranked;
  if (best === undefined) return { ...listenings[0], behindNats: new Map() };
  const behindNats = new Map(
    ranked.map(({ text, gap }) => [text, (gap - best.gap) / listenings.length]),
  );
  const [chosen] = listenings
    .map((listening) => ({
      listening,
      rank: listening.readings.findIndex(({ text }) => text === best.text),
    }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank);
  const { listening } = chosen!;
  const all = listenings.flatMap((each) => each.readings);
  const readings = listening.readings
    .toSorted((a, b) => Number(b.text === best.text) - Number(a.text === best.text))
    .map((reading) => ({
      ...reading,
      ...meanDoubt(all.filter(({ text }) => text === reading.text)),
    }));
  return { ...listening, readings, behindNats };
}

/** How far the words of each reading lie behind free phones, nats; the best reading of the same words counts. */
function gapsByText({ readings, freeScore }: Listened): {
  gaps: ReadonlyMap<string, number>;
  unheard: number;
} {
  const gaps = new Map<string, number>();
  for (const { text, hypothesis } of readings) {
    const gap = freeScore - hypothesis.score;
    if (gap < (gaps.get(text) ?? Infinity)) gaps.set(text, gap);
  }
  return { gaps, unheard: Math.max(0, ...gaps.values()) + UNHEARD_NATS };
}

/** What speaks against words, in the mean over the listenings that come upon them. */
function meanDoubt(same: readonly Reading[]): Pick<Reading, "worstWordNats" | "unclaimedNats"> {
  return {
    worstWordNats: sum(same.map(({ worstWordNats }) => worstWordNats)) / same.length,
    unclaimedNats: sum(same.map(({ unclaimedNats }) => unclaimedNats)) / same.length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
