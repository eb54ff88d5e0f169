/** Length of the analysis window, samples: 32 ms at 16 kHz. */
export const WINDOW_SAMPLES = 512;
/** Twice the window: zero padding keeps its autocorrelation from wrapping around. */
const FFT_SIZE = 1024;
/** Width of one bin of the power spectrum at 16 kHz, Hz. */
export const BIN_HZ = 16_000 / FFT_SIZE;

/** Hann-windowed power spectrum and autocorrelation of real samples. Reuses its buffers. */
export class PowerSpectrum {
  readonly #re = new Float64Array(FFT_SIZE);
  readonly #im = new Float64Array(FFT_SIZE);
  readonly #power = new Float64Array(FFT_SIZE / 2 + 1);

  /**
   * Returns the power of WINDOW_SAMPLES samples per bin, valid until the next call. A sine of amplitude 1 peaks at 1.
   */
  of(window: Float32Array): Float64Array {
    this.#im.fill(0);
    for (let i = 0; i < FFT_SIZE; i++) {
      this.#re[BIT_REVERSED[i]!] = i < WINDOW_SAMPLES ? window[i]! * HANN[i]! : 0;
    }
    transform(this.#re, this.#im);
    for (let bin = 0; bin < this.#power.length; bin++) {
      this.#power[bin] = (this.#re[bin]! ** 2 + this.#im[bin]! ** 2) * SCALE;
    }
    return this.#power;
  }

  /**
   * Periodicity of the last power spectrum between two bins: the highest autocorrelation for periods from
   * `minPeriod` to `maxPeriod` samples, divided by that of the window (Boersma 1993). About 1 for a voice or a hum,
   * 0.2 for noise, 0 for silence.
   */
  periodicity(fromBin: number, toBin: number, minPeriod: number, maxPeriod: number): number {
    this.#im.fill(0);
    this.#re.fill(0);
    for (let bin = fromBin; bin < toBin; bin++) {
      this.#re[BIT_REVERSED[bin]!] = this.#power[bin]!;
      this.#re[BIT_REVERSED[FFT_SIZE - bin]!] = this.#power[bin]!;
    }
    transform(this.#re, this.#im);
    let highest = 0;
    for (let lag = minPeriod; lag <= maxPeriod; lag++) {
      highest = Math.max(highest, this.#re[lag]! / WINDOW_AUTOCORRELATION[lag]!);
    }
    return highest / (this.#re[0]! + SILENT_POWER);
  }
}

/** Keeps the rounding noise of 16-bit silence from appearing periodic. */
const SILENT_POWER = 1e-7;
const HANN = Float64Array.from(
  { length: WINDOW_SAMPLES },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW_SAMPLES),
);
const SCALE = (4 / WINDOW_SAMPLES) ** 2;
const COS = Float64Array.from({ length: FFT_SIZE / 2 }, (_, i) =>
  Math.cos((2 * Math.PI * i) / FFT_SIZE),
);
const SIN = Float64Array.from({ length: FFT_SIZE / 2 }, (_, i) =>
  Math.sin((2 * Math.PI * i) / FFT_SIZE),
);
const BIT_REVERSED = Uint16Array.from({ length: FFT_SIZE }, (_, i) => {
  let reversed = 0;
  for (let bit = 1; bit < FFT_SIZE; bit *= 2) reversed = reversed * 2 + (i & bit ? 1 : 0);
  return reversed;
});
const WINDOW_AUTOCORRELATION = Float64Array.from({ length: WINDOW_SAMPLES }, (_, lag) => {
  let sum = 0;
  let energy = 0;
  for (let i = 0; i < WINDOW_SAMPLES; i++) energy += HANN[i]! ** 2;
  for (let i = 0; i < WINDOW_SAMPLES - lag; i++) sum += HANN[i]! * HANN[i + lag]!;
  return sum / energy;
});

/** Radix-2 FFT in place. The input is in bit-reversed order. */
function transform(re: Float64Array, im: Float64Array): void {
  for (let size = 2; size <= FFT_SIZE; size *= 2) {
    const half = size / 2;
    const step = FFT_SIZE / size;
    for (let start = 0; start < FFT_SIZE; start += size) {
      for (let k = 0; k < half; k++) {
        const even = start + k;
        const odd = even + half;
        const cos = COS[k * step]!;
        const sin = SIN[k * step]!;
        const oddRe = re[odd]! * cos + im[odd]! * sin;
        const oddIm = im[odd]! * cos - re[odd]! * sin;
        re[odd] = re[even]! - oddRe;
        im[odd] = im[even]! - oddIm;
        re[even]! += oddRe;
        im[even]! += oddIm;
      }
    }
  }
}
