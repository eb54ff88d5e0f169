import { SAMPLE_RATE_HZ } from "./pcm.ts";

/** Samples at 16 kHz in a time, ms; a whole number. */
export function toSamples(ms: number): number {
  return Math.round((ms * SAMPLE_RATE_HZ) / 1000);
}

/** Duration of samples at 16 kHz, whole ms. */
export function toMs(samples: number): number {
  return Math.round(exactMs(samples));
}

/** Duration of samples at 16 kHz, ms, with its fraction: for sums of many. */
export function exactMs(samples: number): number {
  return (samples / SAMPLE_RATE_HZ) * 1000;
}
