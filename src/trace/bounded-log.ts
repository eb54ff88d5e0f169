/** How many of the latest ended items are kept; those that have not ended are kept all. */
const KEPT = 20_000;
const SWEEP_AFTER = 2_000;

/** Items in the order in which they began; the oldest that have ended are dropped, and counted, first. */
export class BoundedLog<T extends { readonly endedMs: number | undefined }> {
  readonly #items = new Set<T>();
  readonly #kept: number;
  #dropped = 0;
  #sweepAt: number;

  constructor(kept: number = KEPT) {
    this.#kept = kept;
    this.#sweepAt = kept + SWEEP_AFTER;
  }

  get dropped(): number {
    return this.#dropped;
  }

  add(item: T): void {
    this.#items.add(item);
    if (this.#items.size > this.#sweepAt) this.#sweep();
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#items.values();
  }

  #sweep(): void {
    let surplus = this.#items.size - this.#kept;
    for (const item of this.#items) {
      if (surplus <= 0) break;
      if (item.endedMs === undefined) continue;
      this.#items.delete(item);
      this.#dropped += 1;
      surplus -= 1;
    }
    this.#sweepAt = this.#items.size + SWEEP_AFTER;
  }
}
