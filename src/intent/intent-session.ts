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
import { type Sound, WordComparer } from "./words/word-comparer.ts";

/** Forms of a word that are compared; the rarer ones of fast speech make everything sound alike. */
const MOST_FORMS = 3;

/** The templates in force. Lives in the intent worker, and in programs that match text without one. */
export class IntentSession {
  #matcher: Matcher | undefined;
  #comparer: () => Promise<WordComparer> = notLoaded;

  /** Throws TEMPLATES_INVALID, and stays as it was, when the templates are broken. */
  load(request: LoadRequest): Automaton {
    const { intents, lists, language, fuzzyThreshold, modelDir } = request;
    const templates = loadTemplates(intents, { language, lists });
    const automaton = compileAutomaton(templates);
    const { skipWords } = templates;
    this.#matcher = new Matcher(automaton, { fuzzyThreshold, skipWords });
    this.#comparer = once(
      async () => new WordComparer(automaton.words, await openSound(modelDir, language)),
    );
    return automaton;
  }

  /** Throws RangeError before the first load. */
  async classify(text: string, context: Context): Promise<Understanding> {
    const matcher = this.#matcher ?? (await notLoaded());
    // How words sound is read when it is first needed: most texts, and speech, do without.
    return (
      matcher.matchExactly(text, context) ?? matcher.match(text, context, await this.#comparer())
    );
  }
}

function notLoaded(): Promise<never> {
  return Promise.reject(new RangeError("no templates are loaded"));
}

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
