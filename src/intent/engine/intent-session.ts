import type { Understanding } from "../../grammar/understanding.ts";
import type { Native } from "../../workers/serve.ts";
import { compileCached } from "./compiled-cache.ts";
import { type CompiledIntents, compileIntents, type IntentSources } from "./compiled-intents.ts";
import { SentenceEncoder } from "../encoder/sentence-encoder.ts";
import { LanguageIntents } from "./language-intents.ts";
import type { ClassifyRequest, LoadRequest, LoadResponse } from "./protocol.ts";

/** The templates in force, in the intent worker. */
export class IntentSession {
  #intents: LanguageIntents | undefined;
  #fallback: LanguageIntents | undefined;
  #encoder: SentenceEncoder | undefined;

  /** Throws TEMPLATES_INVALID or MODEL_INVALID, and stays as it was, when templates or encoder are broken. */
  async load(request: LoadRequest, native: Native): Promise<LoadResponse> {
    const { language, fallbackLanguage } = request;
    const other = fallbackLanguage === language ? undefined : fallbackLanguage;
    // Everything that can fail by the user's files comes first.
    const compiled = compile(request, { language, otherLanguage: other });
    const compiledFallback =
      other && compile(request, { language: other, otherLanguage: language });
    const encoder = request.encoder && (await SentenceEncoder.load(request.encoder, native));
    const options = { ...request, encoder: encoder || undefined };
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
    await this.#encoder?.release(native);
  }
}

function compile(
  { intents, lists, cacheDir }: LoadRequest,
  languages: Pick<IntentSources, "language" | "otherLanguage">,
): CompiledIntents {
  const sources = { intents, lists, ...languages };
  return cacheDir === undefined
    ? compileIntents(sources)
    : compileCached(sources, cacheDir, compileIntents);
}
