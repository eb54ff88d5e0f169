import { tell } from "../../base/tell.ts";

const running = new Set<{ readonly name: string }>();

/**
 * Watches over a cleanup until disposed. The timers of limits keep nothing alive, so that a process may
 * run out of things to wait for while a cleanup waits for ever: then it says so and does not end with 0.
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
  tell(`nothing is left that could end the cleanup of ${names}`);
  process.exitCode ||= 1;
}
