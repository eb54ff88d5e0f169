/** Resolves when everything written to stdout and stderr so far is out, or `timeoutMs` is over. */
export async function drainOutput(timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([Promise.all([process.stdout, process.stderr].map(drained)), late]);
  clearTimeout(timer);
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.destroyed || !stream.writable || stream.writableLength === 0) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once("error", () => resolve()); // its reader is gone
    stream.write("", () => resolve());
  });
}
