import {
  type ConsonantFeatures,
  type PhoneFeatures,
  phoneFeatures,
  type VowelFeatures,
} from "./phone-features.ts";

/** Pairs of a vowel and a consonant that sound alike; all others are 1 apart. */
const ALIKE_ACROSS: Readonly<Record<string, number>> = {
  "i j": 0.3,
  "ɪ j": 0.4,
  "y j": 0.5,
  "u w": 0.3,
  "ʊ w": 0.4,
  "y w": 0.5,
  "ɚ ɹ": 0.3,
};

/** Two rhotics of different languages, which the features put far apart. */
const ALIKE_CONSONANTS: Readonly<Record<string, number>> = { "ɹ ʁ": 0.35, "l ɹ": 0.4, "h ʁ": 0.4 };

/** What adding or leaving out a phone costs; weak sounds cost less. */
const GAP_COST = 0.7;
const WEAK_GAP_COST: Readonly<Record<string, number>> = {
  ə: 0.35,
  h: 0.4,
  j: 0.45,
  w: 0.5,
  ɹ: 0.5,
  ʁ: 0.5,
  t: 0.55,
  d: 0.55,
  l: 0.6,
};

const cache = new Map<string, number>();

/**
 * How differently two phones are articulated, 0 (the same) … 1 (nothing in common); symmetric. Symbols that are
 * not phones of the embedded model are 1 from everything but themselves.
 */
export function phoneDistance(a: string, b: string): number {
  if (a === b) return 0;
  const key = a < b ? `${a} ${b}` : `${b} ${a}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const distance = measure(key, phoneFeatures(a), phoneFeatures(b));
  cache.set(key, distance);
  return distance;
}

/**
 * The cheapest way to turn one sequence of phones into another, in phones: a replaced phone costs its
 * `phoneDistance`, an added or missing one 0.35 (a schwa) … 0.7. Divide by the longer length for 0 … 1.
 */
export function phoneEditDistance(a: readonly string[], b: readonly string[]): number {
  let row = [0];
  for (const phone of b) row.push((row.at(-1) ?? 0) + gapCost(phone));
  for (const x of a) {
    const next = [row[0]! + gapCost(x)];
    for (const [j, y] of b.entries()) {
      const replaced = row[j]! + phoneDistance(x, y);
      const left = next[j]! + gapCost(y);
      const gone = row[j + 1]! + gapCost(x);
      next.push(Math.min(replaced, left, gone));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function gapCost(phone: string): number {
  return WEAK_GAP_COST[phone] ?? GAP_COST;
}

function measure(key: string, a: PhoneFeatures | undefined, b: PhoneFeatures | undefined): number {
  if (!a || !b) return 1;
  if (a.kind === "vowel" && b.kind === "vowel") return vowelDistance(a, b);
  if (a.kind === "consonant" && b.kind === "consonant") {
    return ALIKE_CONSONANTS[key] ?? consonantDistance(a, b);
  }
  const [first = "", second = ""] = key.split(" ");
  return ALIKE_ACROSS[key] ?? ALIKE_ACROSS[`${second} ${first}`] ?? 1;
}

function vowelDistance(a: VowelFeatures, b: VowelFeatures): number {
  const place = 0.6 * Math.abs(a.openness - b.openness) + 0.4 * Math.abs(a.backness - b.backness);
  const traits =
    (a.rounded === b.rounded ? 0 : 0.12) +
    (a.nasal === b.nasal ? 0 : 0.2) +
    (a.rhotic === b.rhotic ? 0 : 0.15) +
    (a.glide === b.glide ? 0 : a.glide && b.glide ? 0.25 : 0.15);
  return Math.min(1, place + traits);
}

const MANNER_DISTANCE: Readonly<Record<string, number>> = {
  "affricate stop": 0.25,
  "affricate fricative": 0.2,
  "fricative stop": 0.4,
  "approximant lateral": 0.3,
  "lateral nasal": 0.35,
  "approximant nasal": 0.4,
  "nasal stop": 0.4,
  "approximant fricative": 0.5,
  "fricative lateral": 0.55,
  "lateral stop": 0.5,
  "fricative nasal": 0.55,
};

function consonantDistance(a: ConsonantFeatures, b: ConsonantFeatures): number {
  const manners = [a.manner, b.manner].toSorted().join(" ");
  const manner = a.manner === b.manner ? 0 : (MANNER_DISTANCE[manners] ?? 0.6);
  const voice = a.voiced === b.voiced ? 0 : 0.1;
  return Math.min(1, manner + 0.6 * Math.abs(a.place - b.place) + voice + 0.1);
}
