import { orAborted } from "./or-aborted.ts";

/**
 * Yields the values of `source` until `signal` aborts; then it throws `signal.reason`, even while the source has
 * nothing to give. However the loop ends, the source is asked to return; a source that still waits for input, and so
 * cannot answer, is not waited for.
 *
 * ```ts
 * for await (const chunk of untilAborted(microphone, signal)) endpointer.push(chunk);
 * ```
 */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  if (signal === undefined) return yield* source;
  const iterator = source[Symbol.asyncIterator]();
  let isPending = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      isPending = true;
      const next = await orAborted(iterator.next(), signal);
      isPending = false;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    const ended = iterator.return?.();
    if (isPending)
      ended?.catch(() => {}); // its failure would reach nobody
    else await ended;
  }
}
