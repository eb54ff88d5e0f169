/**
 * A queue of chunks between a producer and a consumer. When more than `capacitySamples` wait, it drops and counts the
 * oldest chunks, because new sound is worth more than old. It always keeps the newest chunk.
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

  /** Number of samples dropped so far. */
  get droppedSamples(): number {
    return this.#droppedSamples;
  }

  /** Adds a chunk. Ignored after the end. */
  push(chunk: Float32Array<ArrayBuffer>): void {
    if (this.#ended !== undefined || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#waitingSamples += chunk.length;
    while (this.#waitingSamples > this.#capacitySamples && this.#chunks.length > 1) {
      this.#droppedSamples += this.#take()?.length ?? 0;
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Ends the queue. The consumer gets the waiting chunks, then the end or `error`. Only the first call counts. */
  end(error?: unknown): void {
    this.#ended ??= error === undefined ? {} : { error };
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves with true once a chunk waits, or false at the end. Rejects with the error of the end. */
  async hasChunk(): Promise<boolean> {
    while (this.#chunks.length === 0 && this.#ended === undefined) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#chunks.length > 0) return true;
    if (this.#ended !== undefined && "error" in this.#ended) throw this.#ended.error;
    return false;
  }

  /** Resolves with the next chunk, or undefined at the end. Rejects with the error of the end. */
  async next(): Promise<Float32Array<ArrayBuffer> | undefined> {
    return (await this.hasChunk()) ? this.#take() : undefined;
  }

  #take(): Float32Array<ArrayBuffer> | undefined {
    const chunk = this.#chunks.shift();
    this.#waitingSamples -= chunk?.length ?? 0;
    return chunk;
  }
}
