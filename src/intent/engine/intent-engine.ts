import type { Owner } from "../../lifetime/owner.ts";
import { EarshotError } from "../../errors.ts";
import type { Automaton } from "../../grammar/automaton.ts";
import type { Context } from "../../grammar/context.ts";
import { suggestion } from "../../base/edit-distance.ts";
import type { Understanding } from "../../grammar/understanding.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { WorkerLink } from "../../workers/worker-link.ts";
import {
  assertIntentNames,
  type IntentEngineOptions,
  toLoadRequest,
} from "./intent-engine-options.ts";
import type { IntentProtocol, LoadedIntents, LoadResponse } from "./protocol.ts";
import { WatchedFiles } from "../../lifetime/resources/watched-files.ts";

export type { IntentEngineOptions };

export type ClassifyOptions = {
  /** Known facts, for templates that need them: `{ area: "kitchen" }`. @default `context` of the engine */
  readonly context?: Context | undefined;
  /** The intents that may be meant now. @default `activeIntents` of the engine */
  readonly intents?: readonly string[] | undefined;
  readonly signal?: AbortSignal;
};

const CLASSIFY_NAMES = {
  context: true,
  intents: true,
  signal: true,
} satisfies OptionNames<ClassifyOptions>;

export type ReloadListeners = {
  /** Called before edited files are read. If it throws an EarshotError, the templates before stay in force. */
  readonly beforeReload?: () => void;
  /** Called when edited templates are in force. The next reload waits for it. */
  readonly onReload?: () => Promise<void> | void;
  /** Called when edited templates are broken; `place` says where. The templates before stay in force. */
  readonly onError?: (error: EarshotError) => void;
};

const WATCH_NAMES = {
  beforeReload: true,
  onReload: true,
  onError: true,
} satisfies OptionNames<ReloadListeners>;

/** Loaded when an engine opens: `import "earshot"` alone needs neither templates nor languages. */
type TemplateFunctions = Pick<typeof import("../../grammar/speech-grammar.ts"), "speechGrammar"> &
  Pick<typeof import("./surveyed-templates.ts"), "surveyTemplates">;

/** Turns text into intents by templates, in a worker thread that ends with its scope. */
export class IntentEngine {
  readonly #scope: Owner;
  readonly #link: WorkerLink<IntentProtocol>;
  readonly #grammar: TemplateFunctions;
  #options: IntentEngineOptions;
  #loaded: LoadResponse;
  #context: Context = {};
  #activeIntents: readonly string[] | undefined;

  /**
   * Starts the worker and compiles the templates.
   * @throws EarshotError TEMPLATES_INVALID with the place of the mistake, CONFIG_INVALID for active intents that
   * the templates do not have, MODEL_INVALID, MODEL_LOAD_FAILED, CONTEXT_CLOSED, WORKER_EXITED; TypeError, RangeError
   * naming the option
   */
  static async open(scope: Owner, options: IntentEngineOptions): Promise<IntentEngine> {
    const request = toLoadRequest(options);
    const link = await WorkerLink.start<IntentProtocol>(scope, "worker", import.meta.url, {
      name: "intent worker",
    });
    try {
      const [loaded, { speechGrammar }, { surveyTemplates }] = await Promise.all([
        link.call("load", request, { signal: scope.signal }),
        import("../../grammar/speech-grammar.ts"),
        import("./surveyed-templates.ts"),
      ]);
      return new IntentEngine(scope, link, { speechGrammar, surveyTemplates }, options, loaded);
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  /** Use `IntentEngine.open`. */
  private constructor(
    scope: Owner,
    link: WorkerLink<IntentProtocol>,
    grammar: TemplateFunctions,
    options: IntentEngineOptions,
    loaded: LoadResponse,
  ) {
    this.#scope = scope;
    this.#link = link;
    this.#grammar = grammar;
    this.#options = options;
    this.#loaded = loaded;
    this.setContext(options.context ?? {});
    this.setActiveIntents(options.activeIntents);
  }

  /** The templates in force. */
  get automaton(): Automaton {
    return this.#loaded.own.automaton;
  }

  /** Names of all intents of the templates in force, including those of the fallback language. */
  get intents(): readonly string[] {
    const { own, fallback } = this.#loaded;
    return [...new Set([...own.intents, ...(fallback?.intents ?? [])])];
  }

  /** The templates as a grammar for `SpeechToText.setGrammar`. */
  speechGrammar(): Automaton {
    return this.#toSpeech(this.#loaded.own);
  }

  /** The grammar of the fallback language, if there is one. */
  fallbackSpeechGrammar(): Automaton | undefined {
    const { fallback } = this.#loaded;
    return fallback && this.#toSpeech(fallback);
  }

  /** Known facts, for every text. */
  get context(): Context {
    return this.#context;
  }

  setContext(context: Context): void {
    this.#context = { ...context };
  }

  /** The intents that may be meant; undefined: all. */
  get activeIntents(): readonly string[] | undefined {
    return this.#activeIntents;
  }

  /**
   * Restricts text and speech to these intents; undefined: all.
   * @throws TypeError; EarshotError CONFIG_INVALID for an intent that the templates do not have
   */
  setActiveIntents(intents: readonly string[] | undefined): void {
    this.assertIntents("active intents", intents);
    this.#activeIntents = intents && [...intents];
  }

  /**
   * Understands a text.
   * @throws TypeError; EarshotError CONFIG_INVALID for an intent that the templates do not have, CONTEXT_CLOSED,
   * WORKER_EXITED; `signal.reason`
   */
  async classify(text: string, options: ClassifyOptions = {}): Promise<Understanding> {
    if (typeof text !== "string") throw new TypeError(`text must be a string, not ${typeof text}`);
    assertOptionNames("classify", options, CLASSIFY_NAMES);
    this.assertIntents("intents", options.intents);
    const { context = this.#context, intents = this.#activeIntents, signal } = options;
    return this.#link.call("classify", { text, context, intents }, signal ? { signal } : {});
  }

  /**
   * Loads other templates or lists, or the same files anew. After a failure, those before stay in force.
   * @throws EarshotError TEMPLATES_INVALID with the place of the mistake, MODEL_INVALID, MODEL_LOAD_FAILED; TypeError,
   * RangeError naming the option
   */
  async reload(changes: Partial<IntentEngineOptions> = {}): Promise<void> {
    const options = { ...this.#options, ...changes };
    this.#loaded = await this.#link.call("load", toLoadRequest(options));
    this.#options = options;
  }

  /**
   * Reloads the templates whenever one of their files is edited, until the result is disposed of or the scope
   * closes. If a file is broken, the templates before stay in force.
   */
  watch(listeners: ReloadListeners): Disposable {
    assertOptionNames("watch", listeners, WATCH_NAMES);
    let last: Promise<void> = Promise.resolve();
    const survey = () => this.#grammar.surveyTemplates(this.#options);
    const onChange = () => {
      last = last.then(() => this.#reloadEdited(listeners));
    };
    const watching = new WatchedFiles({ survey, seen: survey().fingerprint, onChange });
    const held = this.#scope.defer(() => watching[Symbol.dispose](), { name: "template watch" });
    return {
      [Symbol.dispose]: () => {
        watching[Symbol.dispose]();
        held[Symbol.dispose]();
      },
    };
  }

  /**
   * @param what what the names are, for the message
   * @throws TypeError; EarshotError CONFIG_INVALID for an intent that the templates do not have
   */
  assertIntents(what: string, intents: readonly string[] | undefined): void {
    if (intents === undefined) return;
    assertIntentNames(what, intents);
    const known = this.intents;
    const missing = intents.find((intent) => !known.includes(intent));
    if (missing === undefined) return;
    const hint = suggestion(missing, known);
    throw new EarshotError("CONFIG_INVALID", `${what}: there is no "${missing}"${hint}`);
  }

  async #reloadEdited({ beforeReload, onReload, onError }: ReloadListeners): Promise<void> {
    if (this.#scope.signal.aborted) return;
    try {
      beforeReload?.();
      await this.reload();
      await onReload?.();
    } catch (error) {
      if (this.#scope.signal.aborted) return;
      if (!(error instanceof EarshotError)) throw error;
      onError?.(error);
    }
  }

  /** Ends the worker. Idempotent; the scope does it, too. */
  async close(): Promise<void> {
    await this.#link.close();
  }

  #toSpeech({ automaton, negatives }: LoadedIntents): Automaton {
    return this.#grammar.speechGrammar(automaton, { negatives });
  }
}
