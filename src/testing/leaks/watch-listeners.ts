import type { EventEmitter } from "node:events";
import type { Ledger } from "./ledger.ts";

/** Names listeners on `process` by event and function. Those on other emitters nobody can find. */
export function watchListeners(ledger: Ledger): void {
  const emitter: EventEmitter = process; // the types of process know some events only
  emitter.on("newListener", (event: string | symbol, listener: Listener) => {
    if (event === "newListener" || event === "removeListener") return;
    let isAdded = false; // the event comes before
    queueMicrotask(() => (isAdded = true));
    ledger.add(
      {
        kind: "listener on process",
        name: () => `${String(event)}${listener.name === "" ? "" : ` (${listener.name})`}`,
        isHeld: () => !isAdded || emitter.listeners(event).includes(listener),
        release: () => void emitter.off(event, listener),
      },
      // The runner wraps it, and would seem to be the one that listens.
      // oxlint-disable-next-line typescript/unbound-method -- not called
      process.emit,
    );
  });
}

type Listener = Parameters<EventEmitter["off"]>[1];
