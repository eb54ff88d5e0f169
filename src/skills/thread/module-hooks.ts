import * as nodeModule from "node:module";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { EarshotError } from "../../errors.ts";
import { API_SPECIFIER, apiUrlFor, formatFor } from "./skill-url.ts";
import type { HookData } from "./resolve-hook.ts";

/** ".ts" when this runs from source, where tsx is there already. */
const EXTENSION = path.extname(import.meta.filename);

/** Node ≥ 22.18 runs TypeScript by itself. */
const stripsTypes = Boolean(Reflect.get(process.features, "typescript"));

type Resolved = { readonly url: string };
type SyncHooks = {
  resolve(
    specifier: string,
    context: { parentURL?: string },
    next: (specifier: string, context: object) => Resolved,
  ): Resolved & { readonly shortCircuit?: boolean; readonly format?: string };
};

/** Makes `earshot/skills` known to the modules of this thread, wherever they lie; after `enableTypeScript`. */
export function hookResolution(folder: string): void {
  const apiUrl = new URL(`../index${EXTENSION}`, import.meta.url).href;
  const registerHooks: ((hooks: SyncHooks) => void) | undefined = Reflect.get(
    nodeModule,
    "registerHooks", // Node ≥ 22.15
  );
  if (registerHooks === undefined) {
    const data: HookData = { apiUrl, folder };
    nodeModule.register(`./resolve-hook${EXTENSION}`, import.meta.url, { data });
    return;
  }
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === API_SPECIFIER) {
        const url = apiUrlFor(apiUrl, folder, context.parentURL);
        return { url, shortCircuit: true, format: "module" };
      }
      const resolved = next(specifier, context);
      const format = formatFor(resolved.url, folder, stripsTypes);
      return format === undefined ? resolved : { ...resolved, format };
    },
  });
}

/**
 * Makes TypeScript run: by Node itself where it can, else by the user's own tsx.
 * @throws EarshotError SKILL_INVALID that says what to install
 */
export async function enableTypeScript(file: string, folder: string): Promise<void> {
  if (EXTENSION === ".ts" || stripsTypes) return;
  let tsx: string;
  try {
    // Resolved as for require, which is all that can be asked for another folder: the module lies beside it.
    const resolved = createRequire(path.join(folder, "noop.js")).resolve("tsx/esm/api");
    tsx = resolved.replace(/\.cjs$/, ".mjs");
  } catch (cause) {
    throw new EarshotError(
      "SKILL_INVALID",
      `${path.basename(file)} is TypeScript, which Node ${process.versions.node} does not run by itself: ` +
        `"npm install tsx" beside it, use Node ≥ 22.18, or write it in JavaScript`,
      { place: path.relative(folder, file), cause },
    );
  }
  const api: { register(): void } = await import(pathToFileURL(tsx).href);
  api.register();
}
