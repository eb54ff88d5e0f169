import { type LowPass, Resampler } from "../../audio/resampler.ts";
import type { Posteriors } from "../../models/posteriors.ts";
import type { SpeechEvidence } from "../scoring/speech-evidence.ts";

/** An utterance as the model heard it once. */
export type Listening = {
  /** As the search takes them. */
  readonly posteriors: Posteriors;
  readonly evidence: SpeechEvidence;
  /** Of the recording, for each frame. */
  readonly frameMs: number;
};

/** How fast an utterance is played to the model, and with that how high. */
export type Speed = {
  /** What its samples are taken to be sampled at. */
  readonly rateHz: number;
  /** How much longer it is then. */
  readonly stretch: number;
};

/**
 * How a command is listened to after the first time: slower, and faster. Less than two voices differ, enough that
 * other mistakes are made; few phases for the resampler.
 */
export const OTHER_SPEEDS: readonly Speed[] = [
  { rateHz: 15_000, stretch: 16 / 15 },
  { rateHz: 17_000, stretch: 16 / 17 },
];

/**
 * A quarter of the taps: weakens what is above 6.4 kHz and lets mirror images through above 7 kHz, neither of which the
 * model hears much of.
 */
const GENTLE: LowPass = { stopBandDb: 50, passEdge: 0.85, stopEdge: 1.15 };

/** @param samples mono 16 kHz */
export function atSpeed(samples: Float32Array, { rateHz }: Speed): Float32Array {
  const resampler = new Resampler(rateHz, GENTLE);
  const [body, rest] = [resampler.push(samples), resampler.flush()];
  const played = new Float32Array(body.length + rest.length);
  played.set(body);
  played.set(rest, body.length);
  return played;
}
