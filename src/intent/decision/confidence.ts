import { sigmoid } from "../../base/statistics.ts";
import type { Parse } from "../alignment/parse.ts";
import type { DecisionSettings } from "../settings/decision-settings.ts";

/** The measures of a parse that its confidence depends on. */
export type Evidence = Pick<Parse, "distance" | "isOpen" | "cost" | "vagueWords">;

/** The weight of each feature of `featuresOf`, in its order. */
export function weightsOf(settings: DecisionSettings): number[] {
  const { biasWeight, distanceWeight, openDistanceWeight, leadWeight } = settings;
  return [biasWeight, distanceWeight, openDistanceWeight, leadWeight];
}

/**
 * The features of a parse whose weighted sum is the log-odds that it is right.
 * @param rival the best parse of another intent
 */
export function featuresOf(
  { distance, isOpen, cost }: Evidence,
  rival: Evidence | undefined,
  { maxLead }: Pick<DecisionSettings, "maxLead">,
): number[] {
  const lead = rival ? rival.cost - cost : maxLead;
  return [
    1,
    distance,
    // The words of a wildcard are no evidence for the intent, so the words around it must fit better.
    isOpen ? distance : 0,
    Math.max(-maxLead, Math.min(maxLead, lead)),
  ];
}

/**
 * The probability that the text means this parse, 0 … 1: of misheard texts with confidence 0.8, among them texts whose
 * templates or intents the engine lacks, four of five mean the intent. 1 for a text that matches word for word, unless a
 * wildcard alone carries its meaning.
 */
export function confidenceOf(
  parse: Evidence,
  rival: Evidence | undefined,
  settings: DecisionSettings,
): number {
  const specific = specificity(parse.vagueWords, settings);
  if (parse.distance === 0) return specific;
  const weights = weightsOf(settings);
  const features = featuresOf(parse, rival, settings);
  const logOdds = features.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  return specific * sigmoid(logOdds);
}

/** The probability that a template which fits whatever people ask is meant: 1 for names, less for every word beyond. */
function specificity(
  vagueWords: number,
  { maxVagueWords, vagueWordWeight }: DecisionSettings,
): number {
  if (vagueWords <= maxVagueWords) return 1;
  return sigmoid(vagueWordWeight * (maxVagueWords + 0.5 - vagueWords));
}
