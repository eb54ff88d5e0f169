import { mean } from "../../base/statistics.ts";
import { NoiseFloor } from "./noise-floor.ts";
import { BIN_HZ, PowerSpectrum, WINDOW_SAMPLES } from "./power-spectrum.ts";

/** Samples from one frame to the next: 20 ms at 16 kHz. */
export const FRAME_SAMPLES = 320;

/** Tuned on recorded commands in kitchen noise; bench/vad.ts measures them. */
const TUNING = {
  /** Edges of the bands, Hz, about a third of an octave apart. */
  bandEdgesHz: [
    200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400,
    5300, 6400, 7700,
  ],
  /** Number of bands, from the lowest, that carry vowels; the others carry consonants. */
  vowelBands: 11,
  /** Added to every band, so that digital silence has a finite level: about one step of a 16-bit sample. */
  silentPower: 1e-10,
  /** Ceiling of the level above the floor, dB. */
  maxAboveFloorDb: 40,
  /** Ceiling of the change between frames, dB, so that switching on a hum counts no more than a syllable. */
  maxChangeDb: 8,
  /** Shortest and longest period of a voice, samples: 400 and 67 Hz. */
  periodSamples: [40, 240],
  /** Bins in which the period is sought: 94 Hz to 4 kHz. */
  periodBins: [6, 256],
  /** Periodicity from which a frame counts as voiced; noise stays below. */
  minVoicedPeriodicity: 0.6,
  /** Width of the scale of voicing above that periodicity. */
  voicingRange: 0.4,
  /** Level above the floor from which a frame can be voiced, dB; below, the period is that of a hum in the room. */
  minVoicedDb: 2,
  /** Frames over which the score averages: 0.5 s. */
  scoreFrames: 25,
} as const;
const BAND_BINS = TUNING.bandEdgesHz.map((hz) => Math.round(hz / BIN_HZ));

export type VoiceActivityFrame = {
  /** How much the last half second resembles speech, from 0 on; most noises of a kitchen stay below 0.2. */
  readonly score: number;
  /** Level above the noise floor, dB, 0…40: the mean over the bands of vowels or of consonants, whichever is higher. */
  readonly aboveFloorDb: number;
};

/**
 * Distinguishes speech from the other sounds of a room. Speech is voiced and its level changes all the time. The score
 * multiplies the means of both over half a second: voicing, from the autocorrelation, and change of the level above
 * an adaptive floor, in dB per frame. Hum is voiced but steady; water, fans and clatter change but are not voiced.
 * Music is both and counts as speech.
 */
export class VoiceActivity {
  readonly #spectrum = new PowerSpectrum();
  readonly #floor = new NoiseFloor(BAND_BINS.length - 1);
  readonly #window = new Float32Array(WINDOW_SAMPLES);
  readonly #power = new Float64Array(BAND_BINS.length - 1);
  readonly #voicing = new MovingMean(TUNING.scoreFrames);
  readonly #change = new MovingMean(TUNING.scoreFrames);
  #lastDb: number | undefined;

  /** Adapts the noise floor to a frame without judging it. */
  calibrate(frame: Float32Array): void {
    this.#floor.push(this.#bandPowers(frame));
  }

  /** Judges the next FRAME_SAMPLES samples, mono 16 kHz. */
  push(frame: Float32Array): VoiceActivityFrame {
    const power = this.#bandPowers(frame);
    const floor = this.#floor.push(power);
    const aboveFloor = Array.from(power, (value, band) =>
      Math.min(TUNING.maxAboveFloorDb, Math.max(0, 10 * Math.log10(value / floor[band]!))),
    );
    const vowelDb = mean(aboveFloor.slice(0, TUNING.vowelBands));
    const aboveFloorDb = Math.max(vowelDb, mean(aboveFloor.slice(TUNING.vowelBands)));
    const periodicity = vowelDb < TUNING.minVoicedDb ? 0 : this.#periodicity();
    const voicing = Math.min(
      TUNING.voicingRange,
      Math.max(0, periodicity - TUNING.minVoicedPeriodicity),
    );
    const change = Math.min(TUNING.maxChangeDb, Math.abs(vowelDb - (this.#lastDb ?? vowelDb)));
    this.#lastDb = vowelDb;
    return { score: this.#voicing.push(voicing) * this.#change.push(change), aboveFloorDb };
  }

  #periodicity(): number {
    return this.#spectrum.periodicity(...TUNING.periodBins, ...TUNING.periodSamples);
  }

  #bandPowers(frame: Float32Array): Float64Array {
    this.#window.copyWithin(0, FRAME_SAMPLES);
    this.#window.set(frame, WINDOW_SAMPLES - FRAME_SAMPLES);
    if (this.#window.every((sample) => sample === 0)) return this.#power.fill(TUNING.silentPower);
    const spectrum = this.#spectrum.of(this.#window);
    for (let band = 0; band < this.#power.length; band++) {
      const from = BAND_BINS[band]!;
      const to = BAND_BINS[band + 1]!;
      let sum = 0;
      for (let bin = from; bin < to; bin++) sum += spectrum[bin]!;
      this.#power[band] = sum / (to - from) + TUNING.silentPower;
    }
    return this.#power;
  }
}

/** The mean of the last `length` values. Values before the first count as 0. */
class MovingMean {
  readonly #values: Float64Array;
  #next = 0;

  constructor(length: number) {
    this.#values = new Float64Array(length);
  }

  push(value: number): number {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    return this.#values.reduce((sum, x) => sum + x, 0) / this.#values.length;
  }
}
