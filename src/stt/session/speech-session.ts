import { orAborted } from "../../base/waiting/or-aborted.ts";
import { Scope } from "../../lifetime/scope.ts";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import type { Automaton } from "../../grammar/automaton.ts";
import { WorkerLink } from "../../workers/worker-link.ts";
import { findModel, type ModelCard } from "../../models/model-folder.ts";
import type { SpeechProtocol } from "./protocol.ts";
import { warnIfUncalibrated } from "./warn-uncalibrated.ts";

/** Notified of retries and rebuilds during a call. */
export type CallObserver = {
  readonly onRetry: () => void;
  readonly onRebuild: () => void;
};

/** A thread of this process, or a process of its own. */
export type Isolation = "thread" | "process";

type Started = { readonly link: WorkerLink<SpeechProtocol>; readonly card: ModelCard };

const NOBODY: CallObserver = { onRetry: () => {}, onRebuild: () => {} };
const MAX_ATTEMPTS = 3;
const FAILURES_BEFORE_REBUILD = 2;

const sessions = new Map<string, SpeechSession>();

/**
 * One worker with one loaded model, shared by all contexts of the process that use the model. The first context starts
 * it, the last one closes it.
 */
export class SpeechSession {
  readonly #dir: string;
  readonly #isolation: Isolation;
  readonly #scope: Scope;
  readonly #grammars = new Map<number, Automaton>();
  #holders = 0;
  #nextGrammar = 1;
  #failuresInRow = 0;
  #started!: Promise<Started>;
  /** The last start failed: the next caller tries again. */
  #isBroken = false;

  /** Use `SpeechSession.join`. */
  private constructor(dir: string, isolation: Isolation) {
    this.#dir = dir;
    this.#isolation = isolation;
    this.#scope = new Scope("speech model");
    this.#begin(this.#start());
  }

  /**
   * Joins the session of a model ("embedded" or a folder) until `scope` closes.
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
      const { card } = await session.#current(NOBODY);
      scope.assertOpen();
      warnIfUncalibrated(dir, card);
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
    observer: CallObserver,
  ): Promise<{ id: number; unsayable: readonly string[] }> {
    const id = this.#nextGrammar++;
    const { unsayable } = await this.call("addGrammar", { id, automaton }, signal, observer);
    this.#grammars.set(id, automaton);
    return { id, unsayable };
  }

  /** Removes templates; does nothing if the worker has ended. */
  async removeGrammar(id: number): Promise<void> {
    this.#grammars.delete(id);
    const started = await this.#started.catch(() => undefined);
    if (started?.link.isAlive !== true || !this.#scope.isOpen) return;
    try {
      await started.link.call("removeGrammar", { id });
    } catch (error) {
      if (started.link.isAlive && !isOf(error, "CONTEXT_CLOSED")) throw error;
    }
  }

  /**
   * Calls the worker, and retries failures of the session: from the second in a row on with a new worker. A call that
   * waits while another caller replaces the worker goes to the new one.
   * @throws EarshotError RECOGNITION_FAILED or WORKER_EXITED if retries do not help; AUDIO_…; `signal.reason`
   */
  async call<K extends keyof SpeechProtocol>(
    name: K,
    request: SpeechProtocol[K]["request"],
    signal: AbortSignal,
    observer: CallObserver,
  ): Promise<SpeechProtocol[K]["response"]> {
    for (let attempt = 1; ; ) {
      const started = this.#current(observer);
      try {
        const { link } = await orAborted(started, signal);
        const response = await link.call(name, request, { signal });
        this.#failuresInRow = 0;
        return response;
      } catch (error) {
        signal.throwIfAborted();
        const wasReplaced = this.#started !== started && this.#scope.isOpen;
        if (wasReplaced && isOf(error, "CONTEXT_CLOSED")) continue;
        if (!isOf(error, "RECOGNITION_FAILED", "WORKER_EXITED")) throw error;
        this.#failuresInRow++;
        if (attempt++ === MAX_ATTEMPTS) throw error;
        this.#mend(started, error, observer);
        observer.onRetry();
      }
    }
  }

  /** Replaces the worker if it ended or failed twice in a row; of several callers only one does. */
  #mend(started: Promise<Started>, error: EarshotError, observer: CallObserver): void {
    const isHopeless = error.code === "WORKER_EXITED";
    if (!isHopeless && this.#failuresInRow < FAILURES_BEFORE_REBUILD) return;
    if (this.#started !== started) return;
    this.#rebuild(observer);
  }

  /** The worker; a new one if the last start failed. */
  #current(observer: CallObserver): Promise<Started> {
    if (this.#isBroken && this.#scope.isOpen) this.#rebuild(observer);
    return this.#started;
  }

  #rebuild(observer: CallObserver): void {
    observer.onRebuild();
    this.#failuresInRow = 0;
    this.#begin(this.#restart(this.#started));
  }

  #begin(started: Promise<Started>): void {
    this.#started = started;
    this.#isBroken = false;
    started.catch(() => void (this.#isBroken = true));
  }

  async #restart(old: Promise<Started>): Promise<Started> {
    const before = await old.catch(() => undefined);
    await before?.link.close();
    return this.#start();
  }

  /** Starts a worker with the model and all templates, and closes it if one of them cannot be loaded. */
  async #start(): Promise<Started> {
    const link = await WorkerLink.start<SpeechProtocol>(this.#scope, "worker", import.meta.url, {
      name: "speech",
      isolation: this.#isolation,
    });
    try {
      const card = await link.call("load", { dir: this.#dir });
      for (const [id, automaton] of this.#grammars)
        await link.call("addGrammar", { id, automaton });
      return { link, card };
    } catch (error) {
      await link.close();
      throw error;
    }
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

function isOf(error: unknown, ...codes: readonly EarshotErrorCode[]): error is EarshotError {
  return error instanceof EarshotError && codes.includes(error.code);
}
