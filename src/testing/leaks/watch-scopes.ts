import { cleanupRegistry } from "../../lifetime/cleanup/cleanup-registry.ts";
import type { CleanupOptions } from "../../lifetime/cleanup/cleanup-function.ts";
import type { HeldResource } from "../../lifetime/cleanup/held-resource.ts";
import type { Registration } from "../../lifetime/owner.ts";
import type { Ledger } from "./ledger.ts";

/** Records open scopes with what they hold, and cleanups of the process. Releasing runs their cleanups. */
export function watchScopes(ledger: Ledger): void {
  const register = cleanupRegistry.register.bind(cleanupRegistry);
  const registerNested = cleanupRegistry.registerNested.bind(cleanupRegistry);

  cleanupRegistry.register = function onRegister(cleanup, options?: CleanupOptions) {
    const name = options?.name ?? (cleanup.name || "cleanup");
    const { registration, held } = watch(name, register(cleanup, options));
    ledger.add({ kind: "scope", name: () => `cleanup "${name}"`, ...held }, onRegister);
    return registration;
  };

  cleanupRegistry.registerNested = function onRegisterNested(scope, options, onBegin) {
    const { name: given = "scope" } = options;
    const { registration, held } = watch(given, registerNested(scope, options, onBegin));
    const name = (): string => `"${given}" holding ${describe(scope.held())}`;
    ledger.add({ kind: "scope", name, ...held }, onRegisterNested);
    return registration;
  };
}

function watch(
  name: string,
  registration: Registration,
): {
  readonly registration: Registration;
  readonly held: { readonly isHeld: () => boolean; readonly release: () => Promise<void> };
} {
  let isHeld = true;
  const watched: Registration = {
    release: async () => {
      try {
        await registration.release();
      } finally {
        isHeld = false;
      }
    },
    [Symbol.dispose]: () => {
      isHeld = false;
      registration[Symbol.dispose]();
    },
  };
  return {
    registration: watched,
    held: {
      // Running all cleanups or unregistering a function bypasses `watched`, so the registry is asked too.
      isHeld: () => isHeld && cleanupRegistry.status().held.some((held) => held.name === name),
      release: () => watched.release(),
    },
  };
}

function describe(held: readonly HeldResource[]): string {
  if (held.length === 0) return "nothing";
  return held
    .map(({ name, details, held: inner }) => {
      const shown = Object.entries(details)
        .filter(([key, value]) => value !== undefined && value !== "" && key !== "tail")
        .map(([key, value]) => `${key} ${value}`);
      const details_ = shown.length === 0 ? "" : ` (${shown.join(", ")})`;
      return `${name}${details_}${inner === undefined ? "" : ` [${describe(inner)}]`}`;
    })
    .join(", ");
}
