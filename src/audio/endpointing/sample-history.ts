/**
 * The most recent samples of a stream, addressed by their position in it. A ring buffer: new samples overwrite the
 * oldest, so the capacity must cover every later `slice`.
 */
export class SampleHistory {
  readonly #ring: Float32Array;
  #end = 0;

  constructor(capacitySamples: number) {
    this.#ring = new Float32Array(capacitySamples);
  }

  /** Position behind the newest sample, which is the number of samples pushed. */
  get end(): number {
    return this.#end;
  }

  push(samples: Float32Array): void {
    const kept = samples.subarray(Math.max(0, samples.length - this.#ring.length));
    const at = (this.#end + samples.length - kept.length) % this.#ring.length;
    const first = kept.subarray(0, this.#ring.length - at);
    this.#ring.set(first, at);
    this.#ring.set(kept.subarray(first.length), 0);
    this.#end += samples.length;
  }

  /** Copies the samples from `start` up to `end`. @throws RangeError if any of them is overwritten or not yet pushed */
  slice(start: number, end: number): Float32Array<ArrayBuffer> {
    if (start < Math.max(0, this.#end - this.#ring.length) || end > this.#end || start > end) {
      throw new RangeError(`samples ${start} to ${end} are not held (${this.#end} were pushed)`);
    }
    const copy = new Float32Array(end - start);
    for (let done = 0; done < copy.length; ) {
      const at = (start + done) % this.#ring.length;
      const part = this.#ring.subarray(at, Math.min(this.#ring.length, at + copy.length - done));
      copy.set(part, done);
      done += part.length;
    }
    return copy;
  }
}
