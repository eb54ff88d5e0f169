import type { DecisionSettings } from "../../src/models/decision-settings.ts";
import { phraseConfidence } from "../../src/stt/decision/confidence.ts";
import { isSpeech } from "../../src/stt/decision/is-speech.ts";
import type { Example } from "./decode-sets.ts";

/** A number of the decision that is fitted: where it is, and the measure that it is compared with. */
export type Threshold = {
  readonly name: string;
  readonly get: (settings: DecisionSettings) => number;
  readonly set: (settings: DecisionSettings, value: number) => DecisionSettings;
  /** Undefined for an example that the number does not concern. */
  readonly measureOf: (example: Example) => number | undefined;
};

type Curve = "wholeGap" | "templateGap" | "worstWord" | "uncovered" | "rivalLead";

/** Candidate values: this many quantiles of the measure, and the value in force. */
const MAX_CANDIDATES = 60;
const MAX_ROUNDS = 6;
const SCALE_FACTORS = [0.5, 0.6, 0.7, 0.85, 1, 1.2, 1.4, 1.7, 2];

export const THRESHOLDS: readonly Threshold[] = [
  {
    name: "speech.minPhoneLogProb",
    get: ({ speech }) => speech.minPhoneLogProb,
    set: (s, minPhoneLogProb) => ({ ...s, speech: { ...s.speech, minPhoneLogProb } }),
    measureOf: ({ speech }) => speech.phoneLogProb,
  },
  evenOf("wholeGap", ({ measures }) => longPhrase(measures)?.wholeGapNats),
  evenOf("templateGap", ({ measures }) => longPhrase(measures)?.gapNats),
  evenOf("worstWord", ({ measures }) => longPhrase(measures)?.worstWordNats),
  evenOf("uncovered", ({ measures }) => longPhrase(measures)?.uncoveredNats),
  evenOf("rivalLead", ({ measures }) => measures?.rivalLeadNats),
];

/** The curves whose scale is fitted. */
export const CURVES: readonly Curve[] = [
  "wholeGap",
  "templateGap",
  "worstWord",
  "uncovered",
  "rivalLead",
];

export type Outcome = { readonly accepted: boolean; readonly right: boolean };

export function outcomeOf(example: Example, settings: DecisionSettings): Outcome {
  const { measures, speech, firstSpeech, marginNats } = example;
  const accepted =
    measures !== undefined &&
    isSpeech(firstSpeech, settings.speech) &&
    isSpeech(speech, settings.speech) &&
    marginNats >= settings.marginNats &&
    phraseConfidence(measures, settings) >= settings.minConfidence;
  return { accepted, right: accepted && example.isRight };
}

/**
 * The cost of a decision, the mean over sets: the share of commands that are not accepted as what they are, plus
 * `wrongCost` times the share of recordings that are accepted as what they are not.
 */
export function costOf(
  examples: readonly Example[],
  settings: DecisionSettings,
  wrongCost: number,
): number {
  const sets = new Map<string, { count: number; cost: number }>();
  for (const example of examples) {
    const { accepted, right } = outcomeOf(example, settings);
    const set = sets.get(example.set) ?? { count: 0, cost: 0 };
    set.count++;
    if (example.isCommand && !right) set.cost++;
    if (accepted && !right) set.cost += wrongCost;
    sets.set(example.set, set);
  }
  const costs = Array.from(sets.values(), ({ count, cost }) => cost / count);
  return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
}

/** Fits each threshold in turn until none improves the cost; of equal values the one nearest to the start is kept. */
export function fitThresholds(
  examples: readonly Example[],
  start: DecisionSettings,
  wrongCost: number,
): DecisionSettings {
  let settings = start;
  let cost = costOf(examples, settings, wrongCost);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = cost;
    for (const threshold of THRESHOLDS) {
      const origin = threshold.get(start);
      const candidates = candidatesOf(examples, threshold).toSorted(
        (a, b) => Math.abs(a - origin) - Math.abs(b - origin),
      );
      for (const value of candidates) {
        const changed = threshold.set(settings, value);
        const changedCost = costOf(examples, changed, wrongCost);
        if (changedCost >= cost) continue;
        [settings, cost] = [changed, changedCost];
      }
    }
    if (cost === before) break;
  }
  return settings;
}

/** Fits the scale of each curve: the confidences' log loss against what is right, the mean over all examples. */
export function fitScales(examples: readonly Example[], start: DecisionSettings): DecisionSettings {
  let settings = start;
  let loss = logLoss(examples, settings);
  for (const curve of CURVES) {
    for (const factor of SCALE_FACTORS) {
      const { evenNats } = settings[curve];
      const scaleNats = rounded(start[curve].scaleNats * factor);
      const changed = { ...settings, [curve]: { evenNats, scaleNats } };
      const changedLoss = logLoss(examples, changed);
      if (changedLoss >= loss) continue;
      [settings, loss] = [changed, changedLoss];
    }
  }
  return settings;
}

/** Mean over the examples of speech with a hypothesis, nats. */
export function logLoss(examples: readonly Example[], settings: DecisionSettings): number {
  let [sum, count] = [0, 0];
  for (const { measures, speech, isRight } of examples) {
    if (measures === undefined || !isSpeech(speech, settings.speech)) continue;
    const confidence = Math.min(0.999, Math.max(0.001, phraseConfidence(measures, settings)));
    sum -= Math.log(isRight ? confidence : 1 - confidence);
    count++;
  }
  return sum / Math.max(1, count);
}

function evenOf(curve: Curve, measureOf: Threshold["measureOf"]): Threshold {
  return {
    name: `${curve}.evenNats`,
    get: (settings) => settings[curve].evenNats,
    set: (settings, evenNats) => ({ ...settings, [curve]: { ...settings[curve], evenNats } }),
    measureOf,
  };
}

/** The measures of a phrase that is not judged by its lead over free speech alone. */
function longPhrase(measures: Example["measures"]): Example["measures"] {
  return measures?.rivalLeadNats === undefined ? measures : undefined;
}

function candidatesOf(examples: readonly Example[], { measureOf }: Threshold): number[] {
  const sorted = examples
    .map(measureOf)
    .filter((value) => value !== undefined && Number.isFinite(value))
    .toSorted((a, b) => a! - b!);
  const count = Math.min(MAX_CANDIDATES, sorted.length);
  return Array.from({ length: count }, (_, i) =>
    rounded(sorted[Math.floor((i * sorted.length) / count)]!),
  );
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
