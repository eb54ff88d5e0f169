import { EarshotError } from "../errors.ts";
import type { Settings } from "./settings.ts";

/** @throws EarshotError CONFIG_INVALID */
export function requireIntents({ intents }: Settings): void {
  if (intents.length > 0) return;
  throw new EarshotError(
    "CONFIG_INVALID",
    "no sentence templates: give them with --intents FILE (docs/templates.md says how to write them)",
  );
}

/** ["area=kitchen"] → { area: "kitchen" } */
export function toContext(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
