import { kindOf } from "../base/kind-of.ts";

/** A resource that can be released: by a disposal symbol, or by a method with one of the usual names. */
export type Releasable =
  | AsyncDisposable
  | Disposable
  | { close(): unknown }
  | { destroy(): unknown }
  | { dispose(): unknown };

const WAYS = [Symbol.asyncDispose, Symbol.dispose, "close", "destroy", "dispose"] as const;

/** @throws TypeError for a value without a method that releases it */
export function assertReleasable(resource: unknown): void {
  const isObject = typeof resource === "object" || typeof resource === "function";
  if (isObject && resource !== null && wayOf(resource) !== undefined) return;
  const ways = WAYS.map((way) => (typeof way === "symbol" ? `[${way.description}]` : way));
  throw new TypeError(
    `resource must have a method that releases it (${ways.join(", ")}), not be ${kindOf(resource)}`,
  );
}

/** Releases `resource`, and awaits an asynchronous release. */
export async function release(resource: Releasable): Promise<void> {
  const way = wayOf(resource);
  const method: unknown = way && Reflect.get(resource, way);
  const result: unknown = typeof method === "function" && Reflect.apply(method, resource, []);
  if (way !== Symbol.dispose) await result;
}

/** The first of `WAYS` for which `resource` has a method. */
function wayOf(resource: object): (typeof WAYS)[number] | undefined {
  return WAYS.find((way) => typeof Reflect.get(resource, way) === "function");
}
