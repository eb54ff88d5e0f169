import type { Understanding } from "../grammar/understanding.ts";
import type { Native } from "../workers/serve.ts";
import { compileCached } from "./compiled-cache.ts";
import { type CompiledIntents, compileIntents } from "./compiled-intents.ts";
import { LanguageIntents } from "./language-intents.ts";
import type { ClassifyRequest, LoadRequest, LoadResponse } from "./protocol.ts";

/** The templates in force, in the intent worker. */
export class IntentSession {
  #intents: LanguageIntents | undefined;
  #fallback: LanguageIntents | undefined;

  /** Throws TEMPLATES_INVALID, and stays as it was, when the templates are broken. */
  async load(request: LoadRequest, native: Native): Promise<LoadResponse> {
    const { language, fallbackLanguage } = request;
    const other = fallbackLanguage === language ? undefined : fallbackLanguage;
    // Everything that can fail by the user's files comes first.
    const compiled = compile(request);
    const compiledFallback = other && compile({ ...request, language: other });
    const intents = await LanguageIntents.open(compiled, request, native);
    const fallback =
      compiledFallback && (await LanguageIntents.open(compiledFallback, request, native));
    const before = [this.#intents, this.#fallback];
    [this.#intents, this.#fallback] = [intents, fallback];
    for (const old of before) await old?.close(native);
    return { own: intents.loaded, fallback: fallback?.loaded };
  }

  /** Throws RangeError before the first load. */
  async classify(
    { text, context, intents }: ClassifyRequest,
    native: Native,
  ): Promise<Understanding> {
    if (!this.#intents) throw new RangeError("no templates are loaded");
    const only = intents && new Set(intents);
    const meant = await this.#intents.understand(text, context, only, native);
    if (meant.decision !== "reject" || !this.#fallback) return meant;
    const other = await this.#fallback.understand(text, context, only, native);
    return other.decision === "accept" ? other : meant;
  }

  async close(native: Native): Promise<void> {
    await this.#intents?.close(native);
    await this.#fallback?.close(native);
  }
}

function compile(request: LoadRequest): CompiledIntents {
  const { cacheDir } = request;
  return cacheDir === undefined
    ? compileIntents(request)
    : compileCached(request, cacheDir, compileIntents);
}
