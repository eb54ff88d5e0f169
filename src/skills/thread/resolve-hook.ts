import { API_SPECIFIER, apiUrlFor, formatFor } from "./skill-url.ts";

/** Runs in the thread that Node keeps for hooks of the module loader, where it has no other way (Node 20). */
export type HookData = { readonly apiUrl: string; readonly folder: string };

type Resolved = { url: string; shortCircuit?: boolean; format?: string };
type Context = { readonly parentURL?: string };
type Next = (specifier: string, context: Context) => Promise<Resolved>;

let data: HookData | undefined;

export function initialize(given: HookData): void {
  data = given;
}

export async function resolve(specifier: string, context: Context, next: Next): Promise<Resolved> {
  if (data === undefined) return await next(specifier, context);
  const { apiUrl, folder } = data;
  if (specifier === API_SPECIFIER) {
    const url = apiUrlFor(apiUrl, folder, context.parentURL);
    return { url, shortCircuit: true, format: "module" };
  }
  const resolved = await next(specifier, context);
  const format = formatFor(resolved.url, folder, false);
  return format === undefined ? resolved : { ...resolved, format };
}
