import { toSamples } from "../../audio/sample-time.ts";
import type { ComfortNoiseSettings } from "../../models/decoding-settings.ts";

/** Frames that the loudest part of a recording is found by, 128 ms. */
const LEVEL_FRAME_SAMPLES = 2048;

/**
 * The samples with faint noise mixed in, and a stretch of it before and after. The model takes levels relative to the
 * whole and was trained on rooms, not on digital silence; the noise also gives context to words that were cut out
 * tightly. Its spectrum falls with frequency, as in rooms, and it is the same each time.
 * @param samples mono, 16 kHz; copied
 */
export function addComfortNoise(
  samples: Float32Array,
  { paddingMs, levelDb, carryOver }: ComfortNoiseSettings,
): Float32Array {
  const paddingSamples = toSamples(paddingMs);
  const padded = new Float32Array(samples.length + 2 * paddingSamples);
  padded.set(samples, paddingSamples);
  // Uniform numbers from −1 to 1 have a third of the power of 1; carrying over adds to it.
  const unitPower = 3 * (1 - carryOver ** 2);
  const gain = Math.sqrt(loudestPower(samples) * 10 ** (levelDb / 10) * unitPower);
  let seed = 1;
  let noise = 0;
  for (let i = 0; i < padded.length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    noise = carryOver * noise + (seed / 2 ** 31 - 1);
    padded[i] = padded[i]! + gain * noise;
  }
  return padded;
}

function loudestPower(samples: Float32Array): number {
  let loudest = 0;
  for (let at = 0; at < samples.length; at += LEVEL_FRAME_SAMPLES) {
    let power = 0;
    for (let i = at; i < Math.min(samples.length, at + LEVEL_FRAME_SAMPLES); i++) {
      power += samples[i]! ** 2;
    }
    loudest = Math.max(loudest, power / LEVEL_FRAME_SAMPLES);
  }
  return loudest;
}
