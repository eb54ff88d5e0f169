import { settlesWithin } from "../../base/waiting/settles-within.ts";

/** Resolves when stdout and stderr have written out what they hold, at the latest after `timeoutMs`. */
export async function drainOutput(timeoutMs: number): Promise<void> {
  const bothDrained = Promise.all([process.stdout, process.stderr].map(drained));
  await settlesWithin(bothDrained, timeoutMs, { keepAlive: true });
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || !stream.writable || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once("error", () => resolve()); // its reader has ended
    stream.write("", () => resolve());
  });
}
