import { settlesWithin } from "../../base/waiting/settles-within.ts";

/** Resolves when everything written to stdout and stderr so far is out, or `timeoutMs` is over. */
export async function drainOutput(timeoutMs: number): Promise<void> {
  const bothDrained = Promise.all([process.stdout, process.stderr].map(drained));
  await settlesWithin(bothDrained, timeoutMs, { keepAlive: true });
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || !stream.writable || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once("error", () => resolve()); // its reader is gone
    stream.write("", () => resolve());
  });
}
