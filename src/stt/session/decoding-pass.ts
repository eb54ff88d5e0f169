import { SAMPLE_RATE_HZ } from "../../audio/pcm.ts";
import { type LowPass, Resampler } from "../../audio/resampler.ts";
import type { Posteriors } from "../../models/posteriors.ts";
import type { SpeechEvidence } from "../scoring/speech-evidence.ts";

/** The model's output for one utterance, played at its own speed or at another. */
export type DecodingPass = {
  /** After the blank penalty. */
  readonly posteriors: Posteriors;
  readonly evidence: SpeechEvidence;
  /** Time in the recording between two frames, ms. */
  readonly frameMs: number;
};

/**
 * A quarter of the usual taps: it weakens what is above 6.4 kHz and lets mirror images through above 7 kHz; the model
 * hears little of either.
 */
const GENTLE: LowPass = { stopBandDb: 50, passEdge: 0.85, stopEdge: 1.15 };

/** The factor by which a recording becomes longer if it is taken to be sampled at `rateHz`. */
export function stretchAt(rateHz: number): number {
  return SAMPLE_RATE_HZ / rateHz;
}

/**
 * The samples resampled from another rate than theirs: slower and lower below 16 kHz, faster and higher above.
 * @param samples mono, 16 kHz; copied
 */
export function resampleFrom(rateHz: number, samples: Float32Array): Float32Array {
  const resampler = new Resampler(rateHz, GENTLE);
  const [body, rest] = [resampler.push(samples), resampler.flush()];
  const played = new Float32Array(body.length + rest.length);
  played.set(body);
  played.set(rest, body.length);
  return played;
}
