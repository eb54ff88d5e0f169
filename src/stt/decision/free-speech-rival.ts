import { UNHEARD_NATS } from "./combine-passes.ts";
import type { Reading } from "../scoring/hypothesis.ts";

/** What may have been said instead of a short sentence, as one listening has it. */
export type OtherWords = {
  /** What it makes of the templates. */
  readonly readings: readonly Reading[];
  /** Log-probability, nats, of the best of all words of the language; how usual they are counted. */
  readonly score: number;
  /** Whether these words sound as the reading does. */
  readonly soundLike: (reading: Reading) => boolean;
};

/**
 * Templates that allow more sentences have one that fits other words by chance more often than each sentence's share
 * of them tells. Measured with bench/speech.ts on digits, by templates of ten words and of thousands of sentences.
 */
const SURPRISE_WEIGHT = 2;

/**
 * By how much other words fit better than a reading, nats, what is surprising in either counted: the mean over the
 * listenings that hear something; undefined where none does. Words that sound the same are not ahead.
 */
export function leadOver(reading: Reading, listenings: readonly OtherWords[]): number | undefined {
  const leads = listenings
    .filter(({ readings }) => readings.length > 0)
    .map(({ readings, score, soundLike }) => {
      // The same words may be more usual in the language than among the templates.
      const ahead =
        score - (soundOf(reading.text, readings) - SURPRISE_WEIGHT * reading.surpriseNats);
      return soundLike(reading) ? Math.min(0, ahead) : ahead;
    });
  if (leads.length === 0) return undefined;
  return leads.reduce((sum, lead) => sum + lead, 0) / leads.length;
}

/** How well words fit what was heard, nats; those that a listening does not come upon a little worse than the worst. */
function soundOf(text: string, readings: readonly Reading[]): number {
  const scored = readings.map((reading) => ({
    text: reading.text,
    sound: reading.hypothesis.score + reading.hypothesis.costNats,
  }));
  const worst = Math.min(...scored.map(({ sound }) => sound));
  return scored.find((other) => other.text === text)?.sound ?? worst - UNHEARD_NATS;
}
