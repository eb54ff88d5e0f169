import { kindOf } from "../base/kind-of.ts";

/** Anything that can be let go: by a disposal symbol, or a method of one of the usual names. */
export type Releasable =
  | AsyncDisposable
  | Disposable
  | { close(): unknown }
  | { destroy(): unknown }
  | { dispose(): unknown };

const WAYS = [Symbol.asyncDispose, Symbol.dispose, "close", "destroy", "dispose"] as const;

/** @throws TypeError for what has none of the ways to be let go */
export function assertReleasable(resource: unknown): void {
  const isObject = typeof resource === "object" || typeof resource === "function";
  if (isObject && resource !== null && wayOf(resource) !== undefined) return;
  const ways = WAYS.map((way) => (typeof way === "symbol" ? `[${way.description}]` : way));
  throw new TypeError(
    `resource must have a method to be let go by (${ways.join(", ")}), not be ${kindOf(resource)}`,
  );
}

/** Lets `resource` go; awaits it when that is asynchronous. */
export async function release(resource: Releasable): Promise<void> {
  const way = wayOf(resource);
  const method: unknown = way && Reflect.get(resource, way);
  const result: unknown = typeof method === "function" && Reflect.apply(method, resource, []);
  if (way !== Symbol.dispose) await result;
}

/** The best of the ways that it has a method for. */
function wayOf(resource: object): (typeof WAYS)[number] | undefined {
  return WAYS.find((way) => typeof Reflect.get(resource, way) === "function");
}
