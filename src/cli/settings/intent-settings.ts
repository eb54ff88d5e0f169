import { EarshotError } from "../../errors.ts";
import type { Settings } from "./settings.ts";

/** @throws EarshotError CONFIG_INVALID */
export function requireIntents({ intents }: Settings): void {
  if (intents.length > 0) return;
  throw new EarshotError(
    "CONFIG_INVALID",
    "no sentence templates: give them with --intents FILE (docs/templates.md says how to write them)",
  );
}

/** What may be meant, as an intent engine and a context take it. */
export function toIntentOptions(settings: Settings) {
  const { intents, lists, language, fallbackLanguage, activeIntents } = settings;
  const { fuzzyThreshold, encoder } = settings;
  return {
    intents,
    lists,
    language,
    fallbackLanguage,
    fuzzyThreshold,
    encoder,
    activeIntents: activeIntents.length > 0 ? activeIntents : undefined,
    context: toContext(settings.context),
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
