import { createHook } from "node:async_hooks";
import type { Ledger } from "./ledger.ts";

/** The handle that Node creates for `fs.watch` and `fs.watchFile`. */
type WatcherHandle = { readonly hasRef: () => boolean; readonly close: () => void };

/**
 * Records timeouts, intervals and file watchers that keep the process alive. Only async hooks also see those that
 * `node:timers`, `node:timers/promises` and libraries start.
 */
export function watchHandles(ledger: Ledger): void {
  createHook({
    init: function onInit(_id, type, _trigger, resource) {
      if (type === "Timeout") {
        // Node documents the resource of this type as the object that setTimeout returns.
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
        // Every handle of Node has these two methods.
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

/** `_destroyed` is undocumented but unchanged since Node 11. Without it no timer would be reported. */
function isOver(timeout: NodeJS.Timeout): boolean {
  return Reflect.get(timeout, "_destroyed") !== false;
}

function isInterval(timeout: NodeJS.Timeout): boolean {
  return typeof Reflect.get(timeout, "_repeat") === "number";
}
