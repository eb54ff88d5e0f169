import { NoiseFloor } from "./noise-floor.ts";
import { BIN_HZ, PowerSpectrum, WINDOW_SAMPLES } from "./power-spectrum.ts";

/** Samples from one frame to the next: 20 ms at 16 kHz. */
export const FRAME_SAMPLES = 320;

/** Edges of the bands, Hz, about a third of an octave apart. */
const BAND_EDGES_HZ = [
  200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400,
  5300, 6400, 7700,
] as const;
/** How many of them are those of vowels; the others are those of consonants. */
const VOWEL_BANDS = 11;
const BAND_BINS = BAND_EDGES_HZ.map((hz) => Math.round(hz / BIN_HZ));
/** Power below which a band is silent: about one step of a 16-bit sample. */
const SILENT_POWER = 1e-10;
/** More than this above the floor is not told apart, dB. */
const CEILING_DB = 40;
/** A voice changes by less from frame to frame; so a hum that is switched on counts no more than a syllable. */
const MAX_CHANGE_DB = 8;
/** Period of a voice in samples, 67 to 400 Hz, looked for between 94 Hz and 4 kHz. */
const PERIOD_SAMPLES = [40, 240] as const;
const PERIOD_BINS = [6, 256] as const;
/** Periodicity that noise does not reach, and the width of the scale above it. */
const VOICED_FROM = 0.6;
const VOICED_RANGE = 0.4;
/** A frame closer to the floor than this is not voiced, whatever its period: that is the room's hum, dB. */
const VOICED_FROM_DB = 2;
/** Frames that the score looks back: 0.5 s. */
const SCORE_FRAMES = 25;

export type VoiceActivityFrame = {
  /** How much the last half second sounds like speech, from 0; most noises of a kitchen stay below 0.2. */
  readonly score: number;
  /** Power above the noise floor, dB, 0…40: the mean of the bands of vowels or of consonants, whichever is more. */
  readonly aboveFloorDb: number;
};

/**
 * Tells speech from the sounds of a room: speech is voiced and its loudness changes all the time, and only
 * speech is both at once. The score is the product of the two means over half a second: voicing (from the
 * autocorrelation) and change of level (dB a frame above an adaptive floor). Hum is voiced but steady; water,
 * fans and clatter change but are not voiced. Music is both: it counts as speech. Figures: bench/vad.ts.
 */
export class VoiceActivity {
  readonly #spectrum = new PowerSpectrum();
  readonly #floor = new NoiseFloor(BAND_BINS.length - 1);
  readonly #window = new Float32Array(WINDOW_SAMPLES);
  readonly #power = new Float64Array(BAND_BINS.length - 1);
  readonly #voicing = new MovingMean(SCORE_FRAMES);
  readonly #change = new MovingMean(SCORE_FRAMES);
  #lastDb: number | undefined;

  /** Lets the floor settle on sound that is not to be judged. */
  calibrate(frame: Float32Array): void {
    this.#floor.push(this.#bandPowers(frame));
  }

  /** `frame`: the next FRAME_SAMPLES samples, 16 kHz. */
  push(frame: Float32Array): VoiceActivityFrame {
    const power = this.#bandPowers(frame);
    const floor = this.#floor.push(power);
    const aboveFloor = Array.from(power, (value, band) =>
      Math.min(CEILING_DB, Math.max(0, 10 * Math.log10(value / floor[band]!))),
    );
    const vowelDb = mean(aboveFloor.slice(0, VOWEL_BANDS));
    const aboveFloorDb = Math.max(vowelDb, mean(aboveFloor.slice(VOWEL_BANDS)));
    const periodicity =
      vowelDb < VOICED_FROM_DB ? 0 : this.#spectrum.periodicity(...PERIOD_BINS, ...PERIOD_SAMPLES);
    const voicing = Math.min(VOICED_RANGE, Math.max(0, periodicity - VOICED_FROM));
    const change = Math.min(MAX_CHANGE_DB, Math.abs(vowelDb - (this.#lastDb ?? vowelDb)));
    this.#lastDb = vowelDb;
    return { score: this.#voicing.push(voicing) * this.#change.push(change), aboveFloorDb };
  }

  #bandPowers(frame: Float32Array): Float64Array {
    this.#window.copyWithin(0, FRAME_SAMPLES);
    this.#window.set(frame, WINDOW_SAMPLES - FRAME_SAMPLES);
    if (this.#window.every((sample) => sample === 0)) return this.#power.fill(SILENT_POWER);
    const spectrum = this.#spectrum.of(this.#window);
    for (let band = 0; band < this.#power.length; band++) {
      const from = BAND_BINS[band]!;
      const to = BAND_BINS[band + 1]!;
      let sum = 0;
      for (let bin = from; bin < to; bin++) sum += spectrum[bin]!;
      this.#power[band] = sum / (to - from) + SILENT_POWER;
    }
    return this.#power;
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** Mean of the last values; those before the first count as 0. */
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
