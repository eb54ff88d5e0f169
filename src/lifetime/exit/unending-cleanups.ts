import { writeStderrLine } from "../../base/stderr-line.ts";

const running = new Set<{ readonly name: string }>();

/**
 * Watches a cleanup until it is disposed. The timers of limits do not keep the process alive, so Node may exit while
 * a cleanup still waits. Then a line on stderr names the cleanup, and the exit code is not 0.
 */
export function watchOver(cleanup: { readonly name: string }): Disposable {
  if (running.size === 0) process.on("beforeExit", onBeforeExit);
  running.add(cleanup);
  return {
    [Symbol.dispose]() {
      running.delete(cleanup);
      if (running.size === 0) process.off("beforeExit", onBeforeExit);
    },
  };
}

function onBeforeExit(): void {
  const names = Array.from(running, ({ name }) => `"${name}"`).join(", ");
  writeStderrLine(`nothing is left that could end the cleanup of ${names}`);
  process.exitCode ||= 1;
}
