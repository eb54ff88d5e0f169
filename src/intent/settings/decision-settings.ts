import type { Ranges, SettingsOf } from "./range.ts";

/**
 * How sure a parse is, and when it is accepted. `distance` is that of a parse: 0 word for word … 1 nothing in common.
 * `training/decision/fit-text.ts` fits the four weights of the log-odds.
 */
export const DECISION_RANGES = {
  /** Log-odds of a parse at distance 0 whose rival costs the same. */
  biasWeight: [-100, 100],
  /** Log-odds per unit of distance. */
  distanceWeight: [-100, 100],
  /** Log-odds per unit of distance, added where a wildcard takes words. */
  openDistanceWeight: [-100, 100],
  /** Log-odds per unit of cost by which the best parse of another intent is worse. */
  leadWeight: [-100, 100],
  /** Largest lead over another intent that counts, in cost; without another intent the lead is this large. */
  maxLead: [0, 10],
  /** Number of telling words that a wildcard may take in a template without any, before confidence falls. */
  maxVagueWords: [0, 100, "whole"],
  /** Log-odds that every telling word beyond `maxVagueWords` takes away. */
  vagueWordWeight: [0, 100],
  /** Difference in likeness (0 … 1) below which the choice between two intents is a question. */
  minLikenessMargin: [0, 1],
  /** Decay of likeness per unit of distance: likeness = exp(−decay · distance). */
  likenessDecay: [0, 100],
  /** Factor on that decay where a wildcard takes words. */
  openDecayFactor: [0, 10],
  /** Share of the missing weight of the best parse that another intent must be worse by. */
  missingShare: [0, 1],
  /** Cosine of the features of a text and a negative from which the text is rejected. */
  minNegativeCosine: [0, 1],
  /** Lowest confidence (0 … 1) of each part of a text that is split into several commands. */
  minPartConfidence: [0, 1],
} as const satisfies Ranges;

export type DecisionSettings = SettingsOf<typeof DECISION_RANGES>;
