import type { GateOptions } from "../scoring/blank-penalty.ts";
import type { BeamOptions } from "../search/beam-search.ts";
import type { GrammarCosts } from "../network/grammar-network.ts";
import type { TrieCosts } from "../network/phone-tries.ts";

/** Settings of decoding, measured with bench/speech.ts on all its sets together. */
export const GATE = {
  blankPenaltyNats: 3.5,
  reachFrames: 6,
  phoneProbability: 0.5,
  quiet: 0.25,
  loud: 0.75,
} as const satisfies GateOptions;

export const GRAMMAR_COSTS = { word: 0, slot: 2 } as const satisfies GrammarCosts;

export const FILLERS = {
  outerFiller: Infinity,
  innerFiller: Infinity,
} as const satisfies TrieCosts;

export const BEAM = {
  beamNats: 20,
  maxTokens: 3000,
  fillerFrameNats: 1,
  anyWordFrameNats: 0.9,
  runnerUpNats: 15,
} as const satisfies BeamOptions;

/** Trie nodes after which a decoder forgets what it has built, about 60 bytes each. */
export const MOST_NODES = 600_000;

export const NO_FILLERS = {
  outerFiller: Infinity,
  innerFiller: Infinity,
} as const satisfies TrieCosts;

/** Free speech: nats for every word, and the weight of the language model's costs. */
export const FREE_SPEECH = { wordNats: 0, scale: 1 } as const;

export const FREE_BEAM = {
  beamNats: 14,
  maxTokens: 4000,
  fillerFrameNats: 1,
  anyWordFrameNats: 1,
  runnerUpNats: 0,
} as const satisfies BeamOptions;
