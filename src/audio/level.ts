/** Target level of speech: −20 dB of full scale. */
const TARGET_RMS = 0.1;
/** Keeps the loudest sample below clipping. */
const MAX_PEAK = 0.95;
/** 30 dB; a higher gain amplifies mostly the noise of the room. */
const MAX_GAIN = 31.6;

/** Scales samples in place to a common level without clipping. Returns the gain in dB: 0 for silence. */
export function normalizeLevel(samples: Float32Array): number {
  let energy = 0;
  let peak = 0;
  for (const sample of samples) {
    energy += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  if (peak === 0) return 0;
  const rms = Math.sqrt(energy / samples.length);
  const gain = Math.min(TARGET_RMS / rms, MAX_PEAK / peak, MAX_GAIN);
  for (let i = 0; i < samples.length; i++) samples[i]! *= gain;
  return 20 * Math.log10(gain);
}
