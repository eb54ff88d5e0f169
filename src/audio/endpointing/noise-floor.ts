/** Parameters of the minimum statistics, for frames of 20 ms. */
const TUNING = {
  /** Frames that one step of the moving minimum covers; 5 steps are 1.5 s. */
  stepFrames: 15,
  steps: 5,
  /** Weight of the past in the smoothed power. */
  smoothing: 0.85,
  /** Ratio of the mean of a smoothed power to its minimum. */
  bias: 1.6,
} as const;

/**
 * Estimates the noise power of the room per band by minimum statistics (after Martin 2001). The floor is the lowest
 * smoothed power of the last 1.5 s, because even fluent speech pauses in every band within that time. It follows a
 * room that gets louder within 1.5 s and one that gets quieter at once.
 */
export class NoiseFloor {
  readonly #smoothed: Float64Array;
  readonly #minima: Float64Array[];
  readonly #floor: Float64Array;
  #frames = 0;

  constructor(bands: number) {
    this.#smoothed = new Float64Array(bands);
    this.#minima = Array.from({ length: TUNING.steps }, () =>
      new Float64Array(bands).fill(Infinity),
    );
    this.#floor = new Float64Array(bands);
  }

  /** Takes the power per band of one frame. Returns the floor per band, valid until the next call. */
  push(power: Float64Array): Float64Array {
    const { smoothing, bias } = TUNING;
    const current = this.#startStep();
    for (const [band, value] of power.entries()) {
      const smoothed =
        this.#frames === 0 ? value : smoothing * this.#smoothed[band]! + (1 - smoothing) * value;
      this.#smoothed[band] = smoothed;
      if (smoothed < current[band]!) current[band] = smoothed;
      let lowest = Infinity;
      for (const minimum of this.#minima) lowest = Math.min(lowest, minimum[band]!);
      this.#floor[band] = lowest * bias;
    }
    this.#frames++;
    return this.#floor;
  }

  #startStep(): Float64Array {
    const { stepFrames, steps } = TUNING;
    const step = this.#minima[Math.floor(this.#frames / stepFrames) % steps]!;
    if (this.#frames % stepFrames === 0) step.fill(Infinity);
    return step;
  }
}
