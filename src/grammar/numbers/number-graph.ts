import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import type { NumberRange } from "../templates/expression.ts";
import type { NumberSpeller } from "../../languages/number-speller.ts";
import { type SumNode, SumTrie } from "./sum-trie.ts";

/** Larger ranges are spelled as thousands and rest, which share their parts. */
const MAX_LISTED = 2000;
/** Bounds the numbers that a range may contain, on either side of 0. */
const MAX_NUMBER = 999_999;

/**
 * All ways to say the numbers of a range, times its multiplier. Undefined if the range cannot be spelled: it goes beyond
 * ±999 999, or it is large and its step does not divide 1000.
 */
export function numberGraph(range: NumberRange, language: Language): SumNode | undefined {
  const { from, to, step, multiplier } = range;
  if (from < -MAX_NUMBER || to > MAX_NUMBER) return undefined;
  const speller = packOf(language).numbers;
  const trie = new SumTrie();
  const say = (n: number, words: readonly string[]): void =>
    trie.add(n < 0 ? [speller.minus, ...words] : words, n * multiplier);
  if ((to - from) / step > MAX_LISTED) {
    if (from < 0 || 1000 % step !== 0) return undefined;
    addInThousands(trie, range, speller);
  } else {
    for (let n = from; n <= to; n += step)
      for (const words of spell(Math.abs(n), speller)) say(n, words);
  }
  if (range.fractions !== "none") addFractions(range, speller, say);
  return trie.reduce();
}

/** Every way to say a whole number of 0 … 999 999. */
export function spell(n: number, speller: NumberSpeller): string[][] {
  if (n < 1000) return speller.belowThousand(n);
  const rest = n % 1000;
  const heads = speller.thousands(Math.floor(n / 1000));
  if (rest === 0) return [...heads, ...inHundreds(n, speller)];
  const tails = speller.afterThousands(rest);
  return [
    ...heads.flatMap((head) => tails.map((tail) => [...head, ...tail])),
    ...inHundreds(n, speller),
  ];
}

function inHundreds(n: number, speller: NumberSpeller): string[][] {
  return n % 100 === 0 ? speller.inHundreds(n / 100) : [];
}

function addInThousands(trie: SumTrie, range: NumberRange, speller: NumberSpeller): void {
  const { from, to, step, multiplier } = range;
  const rests = new Map<string, SumNode | undefined>();
  for (let n = Math.max(1, Math.floor(from / 1000)); n * 1000 <= to; n++) {
    const [low, high] = [Math.max(0, from - n * 1000), Math.min(999, to - n * 1000)];
    const key = `${low}…${high}`;
    if (!rests.has(key)) rests.set(key, restOfThousand(low, high, range, speller));
    for (const head of speller.thousands(n))
      trie.addTail(head, rests.get(key), n * 1000 * multiplier);
  }
  for (let n = from; n <= Math.min(999, to); n += step)
    for (const words of speller.belowThousand(n)) trie.add(words, n * multiplier);
  for (let n = 1100; n <= Math.min(9900, to); n += 100)
    if (n >= from && (n - from) % step === 0)
      for (const words of inHundreds(n, speller)) trie.add(words, n * multiplier);
}

/** All that may follow "… thousand", including nothing. */
function restOfThousand(
  low: number,
  high: number,
  { from, step, multiplier }: NumberRange,
  speller: NumberSpeller,
): SumNode | undefined {
  const rest = new SumTrie();
  const first = (((from - low) % step) + step) % step;
  for (let n = low + first; n <= high; n += step) {
    if (n === 0) rest.add([], 0);
    else for (const words of speller.afterThousands(n)) rest.add(words, n * multiplier);
  }
  return rest.reduce();
}

function addFractions(
  { from, to, fractions }: NumberRange,
  speller: NumberSpeller,
  say: (n: number, words: readonly string[]) => void,
): void {
  const tenths = fractions === "halves" ? [5] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (let n = Math.max(0, from); n < to; n++) {
    for (const words of spell(n, speller)) {
      for (const tenth of tenths)
        say(n + tenth / 10, [...words, ...speller.decimal(String(tenth))]);
      if (n > 0) for (const half of speller.half(n)) say(n + 0.5, [...words, ...half]);
    }
    if (n === 0) for (const half of speller.half(0)) say(0.5, half);
  }
}
