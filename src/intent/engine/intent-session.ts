import type { Understanding } from "../../grammar/understanding.ts";
import type { Native } from "../../workers/serve.ts";
import { compileCached } from "./compiled-cache.ts";
import { type CompiledIntents, compileIntents, type IntentSources } from "./compiled-intents.ts";
import type { IntentSettings } from "../settings/intent-settings.ts";
import { readIntentSettings } from "../settings/read-settings.ts";
import { SentenceEncoder } from "../encoder/sentence-encoder.ts";
import { LanguageIntents } from "./language-intents.ts";
import type { ClassifyRequest, LoadRequest, LoadResponse } from "./protocol.ts";

/** The templates in force, in the intent worker. */
export class IntentSession {
  #intents: LanguageIntents | undefined;
  #fallback: LanguageIntents | undefined;
  #encoder: SentenceEncoder | undefined;
  #settings: IntentSettings | undefined;

  /**
   * Replaces the templates in force. After a failure, those before stay in force.
   * @throws EarshotError TEMPLATES_INVALID, MODEL_INVALID for a broken encoder or broken settings, MODEL_LOAD_FAILED
   */
  async load(request: LoadRequest, native: Native): Promise<LoadResponse> {
    const { language, fallbackLanguage } = request;
    const other = fallbackLanguage === language ? undefined : fallbackLanguage;
    const settings = (this.#settings ??= readIntentSettings());
    // Everything that the user's files can break comes first.
    const compiled = compile(request, { language, otherLanguage: other, settings });
    const compiledFallback =
      other && compile(request, { language: other, otherLanguage: language, settings });
    const encoder = request.encoder && (await SentenceEncoder.load(request.encoder, native));
    const options = { ...request, encoder: encoder || undefined, settings };
    let intents: LanguageIntents | undefined;
    try {
      intents = await LanguageIntents.open(compiled, options, native);
      const fallback =
        compiledFallback && (await LanguageIntents.open(compiledFallback, options, native));
      await this.close(native);
      [this.#intents, this.#fallback, this.#encoder] = [intents, fallback, options.encoder];
      return { own: intents.loaded, fallback: fallback?.loaded };
    } catch (error) {
      await intents?.close(native);
      await options.encoder?.release(native);
      throw error;
    }
  }

  /** Understands a text by the templates in force. @throws RangeError before the first load */
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

  /** Frees everything native. */
  async close(native: Native): Promise<void> {
    await this.#intents?.close(native);
    await this.#fallback?.close(native);
    await this.#encoder?.release(native);
  }
}

function compile(
  { intents, lists, cacheDir }: LoadRequest,
  own: Pick<IntentSources, "language" | "otherLanguage" | "settings">,
): CompiledIntents {
  const sources = { intents, lists, ...own };
  return cacheDir === undefined
    ? compileIntents(sources)
    : compileCached(sources, cacheDir, compileIntents);
}
