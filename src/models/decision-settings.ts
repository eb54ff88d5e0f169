import type { Ranges } from "./assert-settings.ts";

/** A logistic curve that turns a measure into a confidence: the more nats, the less confidence. */
export type FallingCurve = {
  /** Where the confidence is 0.5, nats (a phone, where the measure is a mean). */
  readonly evenNats: number;
  /** Distance from there to a confidence of 0.27 or 0.73, nats. */
  readonly scaleNats: number;
};

/** When sound counts as speech (`isSpeech`). */
export type SpeechThresholds = {
  /** Mean log-probability of the phones above which they are speech, nats. */
  readonly minPhoneLogProb: number;
  /** The same for few phones, whose mean says less, nats. */
  readonly minPhoneLogProbOfFew: number;
  /** Phones that are few at most. */
  readonly fewPhones: number;
};

/** Section `decision` of model.json: when what was decoded is acted on. */
export type DecisionSettings = {
  readonly speech: SpeechThresholds;
  /** Gap between the whole phrase and the best free phones, a phone. */
  readonly wholeGap: FallingCurve;
  /** Gap of the templates' own words, a phone, in a phrase without wildcards. */
  readonly templateGap: FallingCurve;
  /** The same in a phrase with wildcards, where the templates' own words fit some place by chance. */
  readonly wildcardTemplateGap: FallingCurve;
  /** Gap of the word that fits worst, a phone: one wrong word among many is lost in a mean. */
  readonly worstWord: FallingCurve;
  /** Speech in a stretch that no word covers, against silence. */
  readonly uncovered: FallingCurve;
  /** Lead of free speech over a short phrase, the perplexity of each counted. */
  readonly rivalLead: FallingCurve;
  /** Phones of a phrase up to which it is short, and only its lead over free speech counts. */
  readonly shortPhones: number;
  /** Weight of a phrase's perplexity in that lead. */
  readonly perplexityWeight: number;
  /** Words that a decoding pass does not find rank this much below its worst, nats. */
  readonly unheardNats: number;
  /** Phones added when a gap is divided by phones: the edges of short words are a larger, uncertain share. */
  readonly edgePhones: number;
  /** Shortest mean duration of a phone, ms; a phrase that would need faster speech is no hypothesis. */
  readonly minPhoneMs: number;
  /** Confidence from which an intent is acted on, 0…1. */
  readonly minConfidence: number;
  /** Another intent less than this behind the best makes the result ambiguous, nats. */
  readonly marginNats: number;
  /** A negation that fits better than none by more than this was said, nats. */
  readonly negationNats: number;
  /** Gap of the templates' own words, a phone, above which a partial result stays empty, nats. */
  readonly maxPartialGapNats: number;
  /** Gap between a transcript's words and the best free phones, a phone. */
  readonly transcriptGap: FallingCurve;
};

const CURVE: Ranges<FallingCurve> = { evenNats: [0, 1000], scaleNats: [0.001, 1000] };

export const DECISION_RANGES: Ranges<DecisionSettings> = {
  speech: {
    minPhoneLogProb: [-100, 0],
    minPhoneLogProbOfFew: [-100, 0],
    fewPhones: [0, 1000, "whole"],
  },
  wholeGap: CURVE,
  templateGap: CURVE,
  wildcardTemplateGap: CURVE,
  worstWord: CURVE,
  uncovered: CURVE,
  rivalLead: { ...CURVE, evenNats: [-1000, 1000] },
  shortPhones: [0, 1000, "whole"],
  perplexityWeight: [0, 100],
  unheardNats: [0, 1000],
  edgePhones: [0, 100],
  minPhoneMs: [0, 1000],
  minConfidence: [0, 1],
  marginNats: [0, 1000],
  negationNats: [0, 1000],
  maxPartialGapNats: [0, 1000],
  transcriptGap: CURVE,
};
