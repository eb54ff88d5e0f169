/** Anything that can be let go: by a disposal symbol, or a method of one of the usual names. */
export type Releasable =
  | AsyncDisposable
  | Disposable
  | { close(): unknown }
  | { destroy(): unknown }
  | { dispose(): unknown };

/** Lets `resource` go; awaits it when that is asynchronous. */
export async function release(resource: Releasable): Promise<void> {
  if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
  else if (Symbol.dispose in resource) resource[Symbol.dispose]();
  else if ("close" in resource) await resource.close();
  else if ("destroy" in resource) await resource.destroy();
  else await resource.dispose();
}
