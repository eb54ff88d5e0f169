import { editDistance } from "../../base/edit-distance.ts";

/**
 * How much two names sound written alike, 0…1: the better of their likeness as a whole, and of the likeness of their
 * words in any order. Case, accents and punctuation do not count.
 */
export function similarity(a: string, b: string): number {
  const [left, right] = [toWords(a), toWords(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const whole = likeness(left.join(" "), right.join(" "));
  return Math.max(whole, Math.min(coverage(left, right), coverage(right, left)));
}

/** Share of the words of one text that the other contains, 0…1; long words count more. */
function coverage(words: readonly string[], others: readonly string[]): number {
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const found = words.reduce((sum, word) => {
    const best = Math.max(...others.map((other) => likeness(word, other)));
    return sum + best * word.length;
  }, 0);
  return found / letters;
}

function likeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return 1 - editDistance(a, b) / longest;
}

function toWords(text: string): string[] {
  const plain = text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}
