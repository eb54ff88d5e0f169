/**
 * Picks one of several, each once before any comes again, and never the same twice in a row when there are two.
 * Remembers, for each list that it was asked for, what is left of it.
 */
export class VariantChooser {
  readonly #random: () => number;
  readonly #left = new WeakMap<readonly string[], string[]>();
  readonly #last = new WeakMap<readonly string[], string>();

  /** @param random 0…1, without 1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** One of the `variants` that `fits`, or undefined. It remembers the last choice by the identity of the list. */
  choose(variants: readonly string[], fits: (variant: string) => boolean): string | undefined {
    const fitting = variants.filter(fits);
    let left = (this.#left.get(variants) ?? []).filter(fits);
    if (left.length === 0) {
      const last = this.#last.get(variants);
      left = fitting.length > 1 ? fitting.filter((variant) => variant !== last) : fitting;
    }
    const chosen = left[Math.floor(this.#random() * left.length)];
    if (chosen === undefined) return undefined;
    this.#left.set(
      variants,
      left.filter((variant) => variant !== chosen),
    );
    this.#last.set(variants, chosen);
    return chosen;
  }
}
