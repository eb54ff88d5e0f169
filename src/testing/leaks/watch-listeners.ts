import type { EventEmitter } from "node:events";
import type { Ledger } from "./ledger.ts";

/** Records listeners on `process` by event and function name. Listeners on other emitters cannot be observed. */
export function watchListeners(ledger: Ledger): void {
  const emitter: EventEmitter = process; // the type of process has no signature for an arbitrary event
  emitter.on("newListener", (event: string | symbol, listener: Listener) => {
    if (event === "newListener" || event === "removeListener") return;
    let isAdded = false; // Node emits newListener before it adds the listener
    queueMicrotask(() => (isAdded = true));
    ledger.add(
      {
        kind: "listener on process",
        name: () => `${String(event)}${listener.name === "" ? "" : ` (${listener.name})`}`,
        isHeld: () => !isAdded || emitter.listeners(event).includes(listener),
        release: () => void emitter.off(event, listener),
      },
      // The runner wraps process.emit and would otherwise appear as the one that added the listener.
      // oxlint-disable-next-line typescript/unbound-method -- not called
      process.emit,
    );
  });
}

type Listener = Parameters<EventEmitter["off"]>[1];
