/**
 * Chunks between one that gives and one that takes. Bounded: when more than `capacitySamples` wait, the oldest
 * are dropped and counted, since old sound is worth less than new.
 */
export class ChunkQueue {
  readonly #capacitySamples: number;
  readonly #chunks: Float32Array<ArrayBuffer>[] = [];
  #waitingSamples = 0;
  #droppedSamples = 0;
  #ended: { readonly error?: unknown } | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor(capacitySamples: number) {
    this.#capacitySamples = capacitySamples;
  }

  get droppedSamples(): number {
    return this.#droppedSamples;
  }

  /** Does nothing after the end. */
  push(chunk: Float32Array<ArrayBuffer>): void {
    if (this.#ended !== undefined || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#waitingSamples += chunk.length;
    while (this.#waitingSamples > this.#capacitySamples && this.#chunks.length > 1) {
      this.#droppedSamples += this.#take()?.length ?? 0;
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** What waits can still be taken; then the taker gets the end, or `error`. Only the first call counts. */
  end(error?: unknown): void {
    this.#ended ??= error === undefined ? {} : { error };
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Waits until a chunk can be taken (true) or the end has come (false). Rejects with the end's error. */
  async hasChunk(): Promise<boolean> {
    while (this.#chunks.length === 0 && this.#ended === undefined) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#chunks.length > 0) return true;
    if (this.#ended !== undefined && "error" in this.#ended) throw this.#ended.error;
    return false;
  }

  /** The next chunk once there is one; undefined at the end. Rejects with the end's error. */
  async next(): Promise<Float32Array<ArrayBuffer> | undefined> {
    return (await this.hasChunk()) ? this.#take() : undefined;
  }

  #take(): Float32Array<ArrayBuffer> | undefined {
    const chunk = this.#chunks.shift();
    this.#waitingSamples -= chunk?.length ?? 0;
    return chunk;
  }
}
