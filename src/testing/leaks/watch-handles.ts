import { createHook } from "node:async_hooks";
import type { Ledger } from "./ledger.ts";

/** What Node makes for `fs.watch` and `fs.watchFile`. */
type WatcherHandle = { readonly hasRef: () => boolean; readonly close: () => void };

/**
 * Names timeouts, intervals and file watchers that keep the process alive by where they were started.
 * Async hooks are the only means that sees those of `node:timers`, `node:timers/promises` and libraries too.
 */
export function watchHandles(ledger: Ledger): void {
  createHook({
    init: function onInit(_id, type, _trigger, resource) {
      if (type === "Timeout") {
        // What Node documents for this type: the object that setTimeout returns.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const timeout = resource as NodeJS.Timeout;
        ledger.add(
          {
            kind: "timer",
            name: () => (isInterval(timeout) ? "interval" : "timeout"),
            isHeld: () => !isOver(timeout) && timeout.hasRef(),
            release: () => clearTimeout(timeout),
          },
          onInit,
        );
      } else if (type === "FSEVENTWRAP" || type === "STATWATCHER") {
        // A handle of Node's, which all have these two methods.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        const handle = resource as WatcherHandle;
        ledger.add(
          {
            kind: "file watcher",
            name: () => (type === "FSEVENTWRAP" ? "fs.watch" : "fs.watchFile"),
            isHeld: () => handle.hasRef(),
            release: () => handle.close(),
          },
          onInit,
        );
      }
    },
  }).enable();
}

/** Not documented, but unchanged since Node 11; if it ever went, no timer would be told of. */
function isOver(timeout: NodeJS.Timeout): boolean {
  return Reflect.get(timeout, "_destroyed") !== false;
}

function isInterval(timeout: NodeJS.Timeout): boolean {
  return typeof Reflect.get(timeout, "_repeat") === "number";
}
