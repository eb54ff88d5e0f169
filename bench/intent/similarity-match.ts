import type { Example } from "../../src/intent/classifier/linear-classifier.ts";

/** A baseline: the intent of the phrase with the highest Dice coefficient of letter pairs. */
export function similarityMatch(
  train: readonly Example[],
): (text: string) => { label: string; score: number } {
  const sizes = train.map(({ text }) => pairs(text).size);
  const having = new Map<string, number[]>();
  train.forEach(({ text }, i) => {
    for (const pair of pairs(text)) {
      const known = having.get(pair);
      if (known) known.push(i);
      else having.set(pair, [i]);
    }
  });
  return (text) => {
    const own = pairs(text);
    const shared = new Uint16Array(train.length);
    for (const pair of own)
      for (const i of having.get(pair) ?? []) shared[i] = (shared[i] ?? 0) + 1;
    let [best, score] = [0, -1];
    shared.forEach((count, i) => {
      const dice = (2 * count) / (own.size + (sizes[i] ?? 0));
      if (dice > score) [best, score] = [i, dice];
    });
    return { label: train[best]?.label ?? "", score };
  };
}

function pairs(text: string): Set<string> {
  const padded = ` ${text} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, i) => padded.slice(i, i + 2)));
}
