import { EarshotError } from "../../errors.ts";
import { pickIntentOptions } from "../../intent/engine/intent-engine-options.ts";
import type { Settings } from "./settings.ts";

/** @throws EarshotError CONFIG_INVALID */
export function requireIntents({ intents }: Settings): void {
  if (intents.length > 0) return;
  throw new EarshotError(
    "CONFIG_INVALID",
    "no sentence templates: give them with --intents FILE (docs/templates.md says how to write them)",
  );
}

/** The settings of understanding text, as an intent engine and a context take them. */
export function toIntentOptions({ activeIntents, context, ...settings }: Settings) {
  const { intents, lists, language } = settings;
  return {
    ...pickIntentOptions(settings),
    intents,
    lists,
    language,
    activeIntents: activeIntents.length > 0 ? activeIntents : undefined,
    context: toContext(context),
  };
}

/** ["area=kitchen"] → { area: "kitchen" } */
function toContext(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
