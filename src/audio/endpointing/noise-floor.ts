/** Frames that one step of the moving minimum covers, and how many steps: 1.5 s of 20 ms frames. */
const STEP_FRAMES = 15;
const STEPS = 5;
const SMOOTHING = 0.85;
/** The minimum of a smoothed power lies below its mean by about this factor. */
const BIAS = 1.6;

/**
 * The power of the room in each band by minimum statistics (after Martin 2001): the lowest smoothed power of
 * the last 1.5 s, since even fluent speech leaves every band alone for a moment in that time. Follows a room
 * that gets louder within 1.5 s and one that gets quieter at once.
 */
export class NoiseFloor {
  readonly #smoothed: Float64Array;
  readonly #minima: Float64Array[];
  readonly #floor: Float64Array;
  #frames = 0;

  constructor(bands: number) {
    this.#smoothed = new Float64Array(bands);
    this.#minima = Array.from({ length: STEPS }, () => new Float64Array(bands).fill(Infinity));
    this.#floor = new Float64Array(bands);
  }

  /** Takes one frame's power per band; returns the floor per band, valid until the next call. */
  push(power: Float64Array): Float64Array {
    const current = this.#startStep();
    for (const [band, value] of power.entries()) {
      const smoothed =
        this.#frames === 0 ? value : SMOOTHING * this.#smoothed[band]! + (1 - SMOOTHING) * value;
      this.#smoothed[band] = smoothed;
      if (smoothed < current[band]!) current[band] = smoothed;
      let lowest = Infinity;
      for (const minimum of this.#minima) lowest = Math.min(lowest, minimum[band]!);
      this.#floor[band] = lowest * BIAS;
    }
    this.#frames++;
    return this.#floor;
  }

  #startStep(): Float64Array {
    const step = this.#minima[Math.floor(this.#frames / STEP_FRAMES) % STEPS]!;
    if (this.#frames % STEP_FRAMES === 0) step.fill(Infinity);
    return step;
  }
}
