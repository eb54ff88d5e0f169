import type { Reading } from "../alignment/reading.ts";

/** What tells whether a text means what it was read as. */
export type Evidence = Pick<Reading, "distance" | "isOpen" | "cost" | "vagueWords">;

/**
 * Names have no more words that tell something. Of 200 questions that are no commands (CLINC150), four begin as a template
 * of Home Assistant's, "who is {place}": three of them have more.
 */
const MOST_VAGUE_WORDS = 2;

/** By how much another reading may be better or worse to count, in cost. */
const MOST_LEAD = 1;

/**
 * The numbers that evidence is weighed by, in the order of `WEIGHTS`. `rival`: the best reading of another intent.
 */
export function featuresOf(reading: Evidence, rival: Evidence | undefined): number[] {
  const { distance, isOpen, cost } = reading;
  const lead = rival ? rival.cost - cost : MOST_LEAD;
  return [
    1,
    distance,
    // What a wildcard took says nothing for the intent, so what is around it must fit the better.
    isOpen ? distance : 0,
    Math.max(-MOST_LEAD, Math.min(MOST_LEAD, lead)),
  ];
}

/** Log-odds; fitted by `npm run bench:intent-calibration`, which prints them and how true they are. */
export const WEIGHTS: readonly number[] = [2.39, -9.58, -7.53, 0.81];

/**
 * How likely it is that the text was meant so, 0 … 1: of misheard sentences with a confidence of 0.8, templates
 * and intents that the engine does not know among them, four of five mean the intent. 1 word for word, but where the
 * template asks for anything at all.
 */
export function confidenceOf(reading: Evidence, rival: Evidence | undefined): number {
  const precisely = precision(reading.vagueWords);
  if (reading.distance === 0) return precisely;
  const features = featuresOf(reading, rival);
  const logOdds = features.reduce((sum, value, i) => sum + value * (WEIGHTS[i] ?? 0), 0);
  return precisely * sigmoid(logOdds);
}

/** How likely a template that asks for anything at all is meant, by how much is asked: 1, 0.27 and less beyond names. */
function precision(vagueWords: number): number {
  return vagueWords <= MOST_VAGUE_WORDS ? 1 : sigmoid(2 * MOST_VAGUE_WORDS + 1 - 2 * vagueWords);
}

function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
