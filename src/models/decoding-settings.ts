import type { Ranges } from "./assert-settings.ts";

/** The penalty of blanks, and the frames that it applies to (`penalizeBlanks`). */
export type BlankPenaltySettings = {
  /** Taken from the blank's log-probability near phones in loud frames, nats; half of it where only one holds. */
  readonly penaltyNats: number;
  /** Distance from a phone's frame that counts as near, frames. */
  readonly reachFrames: number;
  /** Probability of phones from which a frame counts whole, 0…1; below it, in proportion. */
  readonly phoneProbability: number;
  /** Window of the moving mean over the energy, frames; odd. */
  readonly smoothingFrames: number;
  /** Quantile of the smoothed energy that is the utterance's floor, 0…1. */
  readonly floorQuantile: number;
  /** Quantile of the smoothed energy that is the utterance's peak, 0…1. */
  readonly peakQuantile: number;
  /** Share of the way from floor to peak, in dB, below which a frame is quiet, 0…1. */
  readonly quiet: number;
  /** Share of the way from floor to peak, in dB, above which a frame is loud, 0…1; more than `quiet`. */
  readonly loud: number;
};

/** The noise that is mixed into a recording and put around it (`addComfortNoise`). */
export type ComfortNoiseSettings = {
  /** Length of the noise before and after the recording, ms. */
  readonly paddingMs: number;
  /** Level against the loudest frame of the recording, dB. */
  readonly levelDb: number;
  /** Share of each noise sample that carries over to the next, 0…1; more tilts the spectrum towards low frequencies. */
  readonly carryOver: number;
};

/** Bounds and costs of the search through templates. */
export type GrammarSearchSettings = {
  /** Tokens this much worse than the best are dropped, nats. */
  readonly beamNats: number;
  /** Tokens that survive a frame at most. */
  readonly maxTokens: number;
  /** Runners-up further behind than this are not kept, nats. */
  readonly runnerUpNats: number;
  /** Cost of each frame of a wildcard's word, against the best phone of the frame, nats. */
  readonly anyWordFrameNats: number;
  /** Cost of each word, nats. */
  readonly wordNats: number;
  /** Cost of each slot that is filled, nats. */
  readonly slotNats: number;
};

/** Bounds and costs of the search for free speech. */
export type FreeSearchSettings = {
  /** Tokens this much worse than the best are dropped, nats. */
  readonly beamNats: number;
  /** Tokens that survive a frame at most. */
  readonly maxTokens: number;
  /** Runners-up further behind than this are not kept, nats. */
  readonly runnerUpNats: number;
  /** Cost of each word, nats. */
  readonly wordNats: number;
  /** Weight of the language model's costs. */
  readonly languageModelScale: number;
  /** Cost of taking a template's word beside a wildcard for a homophone of it, nats. */
  readonly homophoneNats: number;
};

/** Section `decoding` of model.json: what the search needs to know of this network's habits. */
export type DecodingSettings = {
  readonly comfortNoise: ComfortNoiseSettings;
  /** Rates that a command is taken to be sampled at in the decoding passes after the first, Hz: below 16000 slower. */
  readonly passRatesHz: readonly number[];
  readonly blankPenalty: BlankPenaltySettings;
  readonly grammar: GrammarSearchSettings;
  readonly freeSpeech: FreeSearchSettings;
};

export const DECODING_RANGES: Ranges<DecodingSettings> = {
  comfortNoise: { paddingMs: [0, 1000], levelDb: [-120, 0], carryOver: [0, 0.999] },
  passRatesHz: [[8000, 32_000, "whole"]],
  blankPenalty: {
    penaltyNats: [0, 100],
    reachFrames: [0, 100, "whole"],
    phoneProbability: [0.001, 1],
    smoothingFrames: [1, 101, "whole"],
    floorQuantile: [0, 1],
    peakQuantile: [0, 1],
    quiet: [0, 1],
    loud: [0, 1],
  },
  grammar: {
    beamNats: [1, 1000],
    maxTokens: [1, 1_000_000, "whole"],
    runnerUpNats: [0, 1000],
    anyWordFrameNats: [0, 100],
    wordNats: [0, 100],
    slotNats: [0, 100],
  },
  freeSpeech: {
    beamNats: [1, 1000],
    maxTokens: [1, 1_000_000, "whole"],
    runnerUpNats: [0, 1000],
    wordNats: [0, 100],
    languageModelScale: [0, 100],
    homophoneNats: [0, 100],
  },
};

/** The field and rule that settings break although each number is in its range; undefined: none. */
/** Bounds the work for a command: each pass runs the network once more. */
const MAX_PASSES = 8;

export function conflictIn({ blankPenalty, passRatesHz }: DecodingSettings): string | undefined {
  const { smoothingFrames, floorQuantile, peakQuantile, quiet, loud } = blankPenalty;
  if (passRatesHz.length > MAX_PASSES) {
    return `"decoding.passRatesHz" must have at most ${MAX_PASSES} rates, not ${passRatesHz.length}`;
  }
  if (smoothingFrames % 2 === 0) {
    return `"decoding.blankPenalty.smoothingFrames" must be odd, not ${smoothingFrames}`;
  }
  if (peakQuantile < floorQuantile)
    return `"decoding.blankPenalty.peakQuantile" must not be below "floorQuantile", not ${peakQuantile}`;
  if (loud <= quiet) {
    return `"decoding.blankPenalty.loud" must be above "quiet", not ${loud}`;
  }
  return undefined;
}
