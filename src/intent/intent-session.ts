import { existsSync } from "node:fs";
import path from "node:path";
import type { Automaton } from "../grammar/automaton.ts";
import { compileAutomaton } from "../grammar/compile/compile-automaton.ts";
import type { Context } from "../grammar/context.ts";
import { openPronunciation } from "../grammar/pronunciation/open-pronunciation.ts";
import { phoneEditDistance } from "../grammar/pronunciation/phone-distance.ts";
import { loadTemplates } from "../grammar/templates/load-templates.ts";
import type { Understanding } from "../grammar/understanding.ts";
import type { Language } from "../language.ts";
import { Matcher } from "./matcher.ts";
import type { LoadRequest } from "./protocol.ts";
import type { Sound } from "./words/word-comparer.ts";

/** Forms of a word that are compared; the rarer ones of fast speech make everything sound alike. */
const MOST_FORMS = 3;

/** The templates in force. Lives in the intent worker, and in programs that match text without one. */
export class IntentSession {
  #matcher: (() => Promise<Matcher>) | undefined;

  /** Throws TEMPLATES_INVALID, and stays as it was, when the templates are broken. */
  load(request: LoadRequest): Automaton {
    const { intents, lists, language, fuzzyThreshold, modelDir } = request;
    const templates = loadTemplates(intents, { language, lists });
    const automaton = compileAutomaton(templates);
    const { skipWords } = templates;
    this.#matcher = once(async () => {
      const sound = await openSound(modelDir, language);
      return new Matcher(automaton, { fuzzyThreshold, skipWords, ...(sound && { sound }) });
    });
    return automaton;
  }

  /** Throws RangeError before the first load. */
  async classify(text: string, context: Context): Promise<Understanding> {
    if (!this.#matcher) throw new RangeError("no templates are loaded");
    const matcher = await this.#matcher();
    return matcher.match(text, context);
  }
}

/** Sounds are needed for text only: whoever just decodes speech does not wait for them. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => (opened ??= open());
}

/** How words sound, if the model folder knows. */
export async function openSound(
  modelDir: string | undefined,
  language: Language,
): Promise<Sound | undefined> {
  if (!modelDir || !existsSync(path.join(modelDir, `lexicon-${language}.br`))) return undefined;
  const pronouncer = await openPronunciation({ modelDir, language, mostVariants: MOST_FORMS });
  return {
    pronounce: (word) => pronouncer.pronounce(word).map(({ phones }) => phones),
    distance: phoneEditDistance,
  };
}
