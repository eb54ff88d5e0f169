import type { Owner } from "../context/owner.ts";
import { EarshotError } from "../errors.ts";
import type { Automaton } from "../grammar/automaton.ts";
import type { Context } from "../grammar/context.ts";
import type { Understanding } from "../grammar/understanding.ts";
import type { Language } from "../language.ts";
import { EMBEDDED_MODEL } from "../package-root.ts";
import { WorkerLink } from "../workers/worker-link.ts";
import { defaultCacheDir } from "./compiled-cache.ts";
import type { IntentProtocol, LoadRequest } from "./protocol.ts";
import { TemplateWatch } from "./template-watch.ts";

export type IntentEngineOptions = {
  /** Files and folders of sentence templates: the YAML of Home Assistant / hassil. */
  readonly intents: readonly string[];
  /** Files and folders with the values of lists that are known only at run time. @default [] */
  readonly lists?: readonly string[];
  readonly language: Language;
  /** Sentences that mean nothing in `language` are tried in this one, by the same files. @default none */
  readonly fallbackLanguage?: Language;
  /**
   * Lowest confidence, in percent, with which a sentence is accepted: 100 only word for word; 35 about one word
   * in three misheard, left out or added; 0 whatever comes nearest.
   * @default 35
   */
  readonly fuzzyThreshold?: number;
  /** Folder of the model whose pronunciations tell which words sound alike. @default the embedded one */
  readonly modelDir?: string;
  /**
   * Folder where templates that take long to compile are kept, by their content; false: nowhere.
   * @default the user's cache folder
   */
  readonly cacheDir?: string | false;
};

export type ClassifyOptions = {
  /** What is known already, for sentences that need it: `{ area: "kitchen" }`. */
  readonly context?: Context;
  /** Only these intents may be meant now. @default all */
  readonly intents?: readonly string[];
  readonly signal?: AbortSignal;
};

export type ReloadListeners = {
  /** Edited templates are in force: for `SpeechToText.setGrammar`. */
  readonly onReload?: (automaton: Automaton) => void;
  /** Edited templates are broken; `place` says where. Those before stay in force. */
  readonly onError?: (error: EarshotError) => void;
};

const DEFAULTS = { lists: [], fuzzyThreshold: 35 } as const satisfies Partial<IntentEngineOptions>;

/** Text → intent, by sentence templates, in a worker thread that ends with its scope. */
export class IntentEngine {
  readonly #scope: Owner;
  readonly #link: WorkerLink<IntentProtocol>;
  #options: IntentEngineOptions;
  #automaton: Automaton;

  /**
   * Starts the worker and compiles the templates.
   * @throws EarshotError TEMPLATES_INVALID with the place of the mistake, CONTEXT_CLOSED, WORKER_EXITED
   */
  static async open(scope: Owner, options: IntentEngineOptions): Promise<IntentEngine> {
    const request = toRequest(options);
    const link = await WorkerLink.start<IntentProtocol>(scope, "worker", import.meta.url, {
      name: "intent worker",
    });
    try {
      const automaton = await link.call("load", request, { signal: scope.signal });
      return new IntentEngine(scope, link, options, automaton);
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  /** Use `IntentEngine.open`. */
  private constructor(
    scope: Owner,
    link: WorkerLink<IntentProtocol>,
    options: IntentEngineOptions,
    automaton: Automaton,
  ) {
    this.#scope = scope;
    this.#link = link;
    this.#options = options;
    this.#automaton = automaton;
  }

  /** The templates in force, for `SpeechToText.setGrammar`. */
  get automaton(): Automaton {
    return this.#automaton;
  }

  /**
   * What a sentence means.
   * @throws EarshotError CONTEXT_CLOSED, WORKER_EXITED; `signal.reason`
   */
  async classify(text: string, options: ClassifyOptions = {}): Promise<Understanding> {
    if (typeof text !== "string") throw new TypeError(`text must be a string, not ${typeof text}`);
    const { context = {}, intents, signal } = options;
    return this.#link.call("classify", { text, context, intents }, signal ? { signal } : {});
  }

  /**
   * Takes other templates, or the same files anew. A failed reload leaves those in force as they are.
   * @throws EarshotError TEMPLATES_INVALID with the place of the mistake
   */
  async reload(options: IntentEngineOptions): Promise<Automaton> {
    this.#automaton = await this.#link.call("load", toRequest(options));
    this.#options = options;
    return this.#automaton;
  }

  /**
   * Reloads the templates whenever one of their files is edited, until the result is disposed of or the scope
   * closes. A broken file leaves the templates before it in force.
   */
  watch(listeners: ReloadListeners): Disposable {
    const { intents, lists = DEFAULTS.lists } = this.#options;
    let last: Promise<void> = Promise.resolve();
    const watching = new TemplateWatch(intents, lists, () => {
      last = last.then(() => this.#reloadEdited(listeners));
    });
    const held = this.#scope.defer(() => watching[Symbol.dispose](), { name: "template watch" });
    return {
      [Symbol.dispose]: () => {
        watching[Symbol.dispose]();
        held[Symbol.dispose]();
      },
    };
  }

  async #reloadEdited({ onReload, onError }: ReloadListeners): Promise<void> {
    if (this.#scope.signal.aborted) return;
    try {
      onReload?.(await this.reload(this.#options));
    } catch (error) {
      if (this.#scope.signal.aborted) return;
      if (!(error instanceof EarshotError)) throw error;
      onError?.(error);
    }
  }

  /** Ends the worker. Idempotent; the scope does it too. */
  async close(): Promise<void> {
    await this.#link.close();
  }
}

function toRequest(options: IntentEngineOptions): LoadRequest {
  const { intents, language } = options;
  const fuzzyThreshold = options.fuzzyThreshold ?? DEFAULTS.fuzzyThreshold;
  if (!(fuzzyThreshold >= 0 && fuzzyThreshold <= 100))
    throw new RangeError(`fuzzyThreshold must be from 0 to 100, not ${String(fuzzyThreshold)}`);
  return {
    intents,
    lists: options.lists ?? DEFAULTS.lists,
    language,
    fallbackLanguage: options.fallbackLanguage,
    fuzzyThreshold,
    modelDir: options.modelDir ?? EMBEDDED_MODEL,
    cacheDir: options.cacheDir === false ? undefined : (options.cacheDir ?? defaultCacheDir()),
  };
}
