import type { EventEmitter } from "node:events";
import type { Owner, Registration } from "../owner.ts";

/** Listens until the owner closes or the registration is disposed. @throws EarshotError CONTEXT_CLOSED */
export function listenTo(
  owner: Owner,
  source: EventEmitter | EventTarget,
  event: string,
  listener: (...args: never[]) => void,
): Registration {
  owner.assertOpen();
  const remove = attach(source, event, listener);
  const registration = owner.defer(remove, { name: `listener ${event}`, phase: "intake" });
  return {
    release: () => registration.release(),
    [Symbol.dispose]: () => {
      remove();
      registration[Symbol.dispose]();
    },
  };
}

function attach(
  source: EventEmitter | EventTarget,
  event: string,
  listener: (...args: never[]) => void,
): () => void {
  const call = (...args: unknown[]): void => void Reflect.apply(listener, source, args);
  if (source instanceof EventTarget) {
    source.addEventListener(event, call);
    return () => source.removeEventListener(event, call);
  }
  source.on(event, call);
  return () => void source.off(event, call);
}
