/**
 * The values of `source` until `signal` aborts; then `signal.reason` is thrown, even while the source has
 * nothing to give. However the loop ends, the source is told; a source that still waits for input, and so
 * could not answer, is not waited for.
 */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  if (signal === undefined) return yield* source;
  const iterator = source[Symbol.asyncIterator]();
  const finished = new AbortController();
  // A promise of its own for each wait: what waits for one that lasts, as with Promise.race, is kept as long as it.
  let onAbort: (() => void) | undefined;
  signal.addEventListener("abort", () => onAbort?.(), { signal: finished.signal });
  let pending = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      pending = true;
      const next = await new Promise<IteratorResult<T> | "aborted">((resolve, reject) => {
        onAbort = () => resolve("aborted");
        iterator.next().then(resolve, reject);
      });
      if (next === "aborted") throw signal.reason;
      pending = false;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    finished.abort();
    const ended = iterator.return?.();
    if (pending)
      ended?.catch(() => {}); // its failure would reach nobody
    else await ended;
  }
}
