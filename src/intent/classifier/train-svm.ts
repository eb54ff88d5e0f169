import type { SparseVector } from "./text-features.ts";

export type SvmOptions = {
  /** Cost of a mistake against the size of the weights. @default 1 */
  readonly cost?: number;
  /** Passes over the examples at most. @default 30 */
  readonly mostPasses?: number;
  /** The optimality gap that is enough. @default 0.1 */
  readonly tolerance?: number;
};

/** One line between a class and all others. */
export type Separator = { readonly weights: Float32Array; readonly bias: number };

const DEFAULTS = { cost: 1, mostPasses: 30, tolerance: 0.1 } as const satisfies SvmOptions;

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
    const { mostPasses, tolerance } = this.#options;
    const active = Uint32Array.from(this.#examples, (_, i) => i);
    let count = active.length;
    let highest = Infinity;
    for (let pass = 0; pass < mostPasses; pass++) {
      let [most, least] = [-Infinity, Infinity];
      for (let i = 0; i < count; i++) {
        const j = i + Math.floor(this.#next() * (count - i));
        const example = active[j] ?? 0;
        active[j] = active[i] ?? 0;
        active[i] = example;
        const gradient = this.#gradient(example);
        const isZero = this.#alpha[example] === 0;
        if (isZero && gradient > highest) {
          // It has been right by far: it is left out until the end.
          active[i--] = active[--count] ?? 0;
          active[count] = example;
          continue;
        }
        const projected = isZero ? Math.min(gradient, 0) : gradient;
        most = Math.max(most, projected);
        least = Math.min(least, projected);
        if (Math.abs(projected) > 1e-12) this.#step(example, gradient);
      }
      if (most - least <= tolerance) {
        if (count === active.length) break;
        count = active.length;
        highest = Infinity;
      } else highest = most > 0 ? most : Infinity;
    }
    return { weights: this.#weights, bias: this.#bias };
  }

  #gradient(example: number): number {
    const { buckets, values } = this.#examples[example] ?? { buckets: [], values: [] };
    const weights = this.#weights;
    let sum = this.#bias;
    for (let k = 0; k < buckets.length; k++)
      sum += (weights[buckets[k] ?? 0] ?? 0) * (values[k] ?? 0);
    return (this.#labels[example] ?? 0) * sum - 1 + this.#diagonal * (this.#alpha[example] ?? 0);
  }

  #step(example: number, gradient: number): void {
    const before = this.#alpha[example] ?? 0;
    const after = Math.max(before - gradient / (this.#norms[example] ?? 1), 0);
    this.#alpha[example] = after;
    const change = (after - before) * (this.#labels[example] ?? 0);
    const { buckets, values } = this.#examples[example] ?? { buckets: [], values: [] };
    const weights = this.#weights;
    for (let k = 0; k < buckets.length; k++)
      weights[buckets[k] ?? 0] = (weights[buckets[k] ?? 0] ?? 0) + change * (values[k] ?? 0);
    this.#bias += change;
  }

  /** xorshift32: the order of the examples, the same every time. */
  #next(): number {
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    return (this.#random >>> 0) / 4294967296;
  }
}
