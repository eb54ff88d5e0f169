import type { SparseVector } from "./text-features.ts";

export type SvmOptions = {
  /** Cost of a mistake relative to the squared length of the weights (C). @default 1 */
  readonly cost?: number;
  /** Highest number of passes over the examples. @default 30 */
  readonly maxPasses?: number;
  /** Optimality gap at which training stops. @default 0.1 */
  readonly tolerance?: number;
};

/** A hyperplane between a class and all others. */
export type Separator = { readonly weights: Float32Array; readonly bias: number };

const DEFAULTS = { cost: 1, maxPasses: 30, tolerance: 0.1 } as const satisfies SvmOptions;

/**
 * Trains a linear support vector machine with squared hinge loss by dual coordinate descent with shrinking
 * (Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM"). The bias is a feature that
 * every example has.
 */
export function trainSeparator(
  examples: readonly SparseVector[],
  isPositive: (example: number) => boolean,
  size: number,
  options: SvmOptions = {},
): Separator {
  return new DualDescent(examples, isPositive, size, { ...DEFAULTS, ...options }).run();
}

class DualDescent {
  readonly #examples: readonly SparseVector[];
  readonly #options: Required<SvmOptions>;
  readonly #labels: Int8Array;
  readonly #alpha: Float64Array;
  readonly #norms: Float64Array;
  readonly #weights: Float32Array;
  readonly #diagonal: number;
  #bias = 0;
  #random = 1;

  constructor(
    examples: readonly SparseVector[],
    isPositive: (example: number) => boolean,
    size: number,
    options: Required<SvmOptions>,
  ) {
    this.#examples = examples;
    this.#options = options;
    this.#labels = Int8Array.from(examples, (_, i) => (isPositive(i) ? 1 : -1));
    this.#alpha = new Float64Array(examples.length);
    this.#diagonal = 0.5 / options.cost;
    this.#norms = Float64Array.from(examples, ({ values }) => {
      let sum = 1 + this.#diagonal;
      for (const value of values) sum += value * value;
      return sum;
    });
    this.#weights = new Float32Array(size);
  }

  run(): Separator {
    const { maxPasses, tolerance } = this.#options;
    const active = Uint32Array.from(this.#examples, (_, i) => i);
    let count = active.length;
    let highest = Infinity;
    for (let pass = 0; pass < maxPasses; pass++) {
      let [largest, smallest] = [-Infinity, Infinity];
      for (let i = 0; i < count; i++) {
        const j = i + Math.floor(this.#next() * (count - i));
        const example = active[j]!;
        active[j] = active[i]!;
        active[i] = example;
        const gradient = this.#gradient(example);
        const isZero = this.#alpha[example] === 0;
        if (isZero && gradient > highest) {
          // Far on its right side: shrink it out of the active set.
          active[i--] = active[--count]!;
          active[count] = example;
          continue;
        }
        const projected = isZero ? Math.min(gradient, 0) : gradient;
        largest = Math.max(largest, projected);
        smallest = Math.min(smallest, projected);
        if (Math.abs(projected) > 1e-12) this.#step(example, gradient);
      }
      if (largest - smallest <= tolerance) {
        if (count === active.length) break;
        count = active.length;
        highest = Infinity;
      } else highest = largest > 0 ? largest : Infinity;
    }
    return { weights: this.#weights, bias: this.#bias };
  }

  #gradient(example: number): number {
    const { buckets, values } = this.#examples[example]!;
    const weights = this.#weights;
    let sum = this.#bias;
    for (let k = 0; k < buckets.length; k++) sum += weights[buckets[k]!]! * values[k]!;
    return this.#labels[example]! * sum - 1 + this.#diagonal * this.#alpha[example]!;
  }

  #step(example: number, gradient: number): void {
    const before = this.#alpha[example]!;
    const after = Math.max(before - gradient / this.#norms[example]!, 0);
    this.#alpha[example] = after;
    const change = (after - before) * this.#labels[example]!;
    const { buckets, values } = this.#examples[example]!;
    const weights = this.#weights;
    for (let k = 0; k < buckets.length; k++)
      weights[buckets[k]!] = weights[buckets[k]!]! + change * values[k]!;
    this.#bias += change;
  }

  /** xorshift32 with a fixed seed: training gives the same weights every time. 0 … 1 */
  #next(): number {
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    return (this.#random >>> 0) / 4294967296;
  }
}
