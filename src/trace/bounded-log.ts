/** Bounds the memory of a long-lived process; items that have not ended do not count. */
const MAX_ENDED_ITEMS = 20_000;
/** A sweep visits every item, so it runs only once per this many additions. */
const SWEEP_INTERVAL_ITEMS = 2_000;

/**
 * Items in the order in which they began. Beyond the limit, the log drops the oldest items that have ended and
 * counts them; it keeps every item that has not ended.
 */
export class BoundedLog<T extends { readonly endedMs: number | undefined }> {
  readonly #items = new Set<T>();
  readonly #maxItems: number;
  #dropped = 0;
  #sweepAt: number;

  constructor(maxItems: number = MAX_ENDED_ITEMS) {
    this.#maxItems = maxItems;
    this.#sweepAt = maxItems + SWEEP_INTERVAL_ITEMS;
  }

  /** Number of items dropped so far. */
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
    let surplus = this.#items.size - this.#maxItems;
    for (const item of this.#items) {
      if (surplus <= 0) break;
      if (item.endedMs === undefined) continue;
      this.#items.delete(item);
      this.#dropped += 1;
      surplus -= 1;
    }
    this.#sweepAt = this.#items.size + SWEEP_INTERVAL_ITEMS;
  }
}
