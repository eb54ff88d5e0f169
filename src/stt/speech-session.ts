import { Scope } from "../context/scope.ts";
import { EarshotError } from "../errors.ts";
import type { Automaton } from "../grammar/automaton.ts";
import { WorkerLink } from "../workers/worker-link.ts";
import { findModel, type ModelCard } from "./model-folder.ts";
import type { SpeechProtocol } from "./protocol.ts";

/** Told of what a call went through. */
export type CallObserver = {
  readonly onRetry: () => void;
  readonly onRebuild: () => void;
};

/** A thread of this process, or a process of its own. */
export type Isolation = "thread" | "process";

type Started = { readonly link: WorkerLink<SpeechProtocol>; readonly card: ModelCard };

const MOST_ATTEMPTS = 3;
const FAILURES_BEFORE_REBUILD = 2;

const sessions = new Map<string, SpeechSession>();

/**
 * One worker with one loaded model, shared by all contexts of the process that use the model: the first to
 * come starts it, the last to leave closes it.
 */
export class SpeechSession {
  readonly #dir: string;
  readonly #isolation: Isolation;
  readonly #scope: Scope;
  readonly #grammars = new Map<number, Automaton>();
  #holders = 0;
  #nextGrammar = 1;
  #failuresInRow = 0;
  #started: Promise<Started>;

  /** Use `SpeechSession.join`. */
  private constructor(dir: string, isolation: Isolation) {
    this.#dir = dir;
    this.#isolation = isolation;
    this.#scope = new Scope("speech model");
    this.#started = this.#start();
  }

  /**
   * The session of a model ("embedded" or a folder), left when `scope` closes.
   * @throws EarshotError MODEL_INVALID, MODEL_LOAD_FAILED, CONTEXT_CLOSED
   */
  static async join(scope: Scope, model: string, isolation: Isolation): Promise<SpeechSession> {
    scope.assertOpen();
    const dir = findModel(model);
    const key = keyOf(dir, isolation);
    let session = sessions.get(key);
    if (session === undefined) {
      session = new SpeechSession(dir, isolation);
      sessions.set(key, session);
    }
    session.#holders++;
    const leaving = scope.defer(() => session.#leave(), { name: "speech session" });
    try {
      await session.#started;
      scope.assertOpen();
      return session;
    } catch (error) {
      await leaving.release();
      throw error;
    }
  }

  async card(): Promise<ModelCard> {
    return (await this.#started).card;
  }

  /** @throws EarshotError TEMPLATES_INVALID, CONTEXT_CLOSED, WORKER_EXITED */
  async addGrammar(
    automaton: Automaton,
    signal: AbortSignal,
  ): Promise<{ id: number; unsayable: readonly string[] }> {
    const id = this.#nextGrammar++;
    const { link } = await this.#started;
    const { unsayable } = await link.call("addGrammar", { id, automaton }, { signal });
    this.#grammars.set(id, automaton);
    return { id, unsayable };
  }

  /** Forgets templates; nothing happens when the worker is gone. */
  async removeGrammar(id: number): Promise<void> {
    this.#grammars.delete(id);
    const { link } = await this.#started;
    if (link.isAlive && this.#scope.isOpen) await link.call("removeGrammar", { id });
  }

  /**
   * Asks the worker. A failure of the session is tried again, from the second in a row on with a new worker.
   * @throws EarshotError RECOGNITION_FAILED or WORKER_EXITED when that did not help; AUDIO_…; `signal.reason`
   */
  async call<K extends keyof SpeechProtocol>(
    name: K,
    request: SpeechProtocol[K]["request"],
    signal: AbortSignal,
    observer: CallObserver,
  ): Promise<SpeechProtocol[K]["response"]> {
    for (let attempt = 1; ; attempt++) {
      const started = this.#started;
      try {
        const { link } = await started;
        const response = await link.call(name, request, { signal });
        this.#failuresInRow = 0;
        return response;
      } catch (error) {
        signal.throwIfAborted();
        if (!isSessionFailure(error)) throw error;
        this.#failuresInRow++;
        if (attempt === MOST_ATTEMPTS) throw error;
        await this.#mend(started, error, observer);
        observer.onRetry();
      }
    }
  }

  /** A new worker if the old one is gone or failed twice in a row; only one caller does it. */
  async #mend(
    started: Promise<Started>,
    error: EarshotError,
    observer: CallObserver,
  ): Promise<void> {
    const isHopeless = error.code === "WORKER_EXITED";
    if (!isHopeless && this.#failuresInRow < FAILURES_BEFORE_REBUILD) return;
    if (this.#started !== started) return;
    observer.onRebuild();
    this.#failuresInRow = 0;
    this.#started = this.#restart(started);
    await this.#started;
  }

  async #restart(old: Promise<Started>): Promise<Started> {
    const { link } = await old;
    await link.close();
    const started = await this.#start();
    for (const [id, automaton] of this.#grammars) {
      await started.link.call("addGrammar", { id, automaton });
    }
    return started;
  }

  async #start(): Promise<Started> {
    const link = await WorkerLink.start<SpeechProtocol>(this.#scope, "worker", import.meta.url, {
      name: "speech",
      isolation: this.#isolation,
    });
    return { link, card: await link.call("load", { dir: this.#dir }) };
  }

  async #leave(): Promise<void> {
    if (--this.#holders > 0) return;
    const key = keyOf(this.#dir, this.#isolation);
    if (sessions.get(key) === this) sessions.delete(key);
    await this.#scope.close();
  }
}

function keyOf(dir: string, isolation: Isolation): string {
  return `${isolation} ${dir}`;
}

function isSessionFailure(error: unknown): error is EarshotError {
  return (
    error instanceof EarshotError &&
    (error.code === "RECOGNITION_FAILED" || error.code === "WORKER_EXITED")
  );
}
