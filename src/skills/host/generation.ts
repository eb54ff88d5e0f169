import { settlesWithin } from "../../base/waiting/settles-within.ts";
import { onSettled } from "../../base/waiting/on-settled.ts";
import { deferred } from "../../base/waiting/deferred.ts";
import type { Registration } from "../../lifetime/owner.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError } from "../../errors.ts";
import { fromWireError } from "../../workers/wire-error.ts";
import { PendingCommands } from "./pending-commands.ts";
import type { FromThread, SkillModule, Takeover, ThreadEvent, ThreadStart } from "../protocol.ts";
import type { HandleResult, SkillCommand, SkillStatus } from "./skill-events.ts";
import type { SkillLimits } from "./skill-limits.ts";
import { TERMINATE_MS, WatchedThread } from "./watched-thread.ts";
import { within } from "../../base/waiting/within.ts";

export type GenerationOptions = Omit<ThreadStart, "activity" | "limits"> & {
  /** Counts from 1. */
  readonly number: number;
  readonly limits: SkillLimits;
  readonly onEvent: (event: ThreadEvent) => void;
  readonly onState: (skill: string, json: string) => void;
  readonly onAlerted: (name: string, atMs: number) => void;
  /** It has taken over, and will not go on: it blocks, threw, exited or ran out of memory. Still to be ended. */
  readonly onCrash: (error: EarshotError, skill: string | undefined) => void;
};

export type GenerationEnd = {
  readonly cleanups: number;
  readonly failures: number;
  /** Skills whose `onUninstall` has run. */
  readonly uninstalled: readonly string[];
};

const NOTHING: GenerationEnd = { cleanups: 0, failures: 0, uninstalled: [] };
/** A second signal is not to wait for cleanups that the first one has begun, ms. */
const FORCED_EXIT_MS = 50;

/** All skills as they were loaded together, in a thread that ends with them. */
export class Generation {
  readonly number: number;
  readonly modules: readonly SkillModule[];
  readonly #options: GenerationOptions;
  readonly #scope: Scope;
  readonly #thread: WatchedThread;
  readonly #registration: Registration;
  readonly #commands = new PendingCommands();
  readonly #advances = new Map<number, () => void>();
  readonly #loaded = deferred<Readonly<Record<string, string>>>();
  readonly #started = deferred<readonly string[]>();
  readonly #stopped = deferred<GenerationEnd>();
  #skills: readonly SkillStatus[] = [];
  #loadFile: string | undefined;
  #crash: EarshotError | undefined;
  #isRunning = false;
  #end: Promise<GenerationEnd> | undefined;
  #nextId = 1;

  /** Starts the thread, which begins to load. */
  constructor(scope: Scope, options: GenerationOptions) {
    const { number, modules, limits, folder, language, states, virtualClockMs } = options;
    this.number = number;
    this.modules = modules;
    this.#options = options;
    this.#scope = scope;
    const name = `skills ${number}`;
    scope.assertOpen();
    this.#thread = new WatchedThread(scope, {
      name,
      start: { folder, language, modules, states, virtualClockMs, limits },
      limits,
      onMessage: (message) => this.#receive(message),
      onLine: (level, message) => options.onEvent({ type: "log", skill: "skills", level, message }),
      onFailure: (error, skill) => this.#fail(error, skill),
    });
    this.#registration = scope.defer(() => this.#endAll(), {
      name,
      timeoutMs: limits.stopMs + TERMINATE_MS + 1_000,
      sync: () => this.#endSync(),
      isSyncBounded: true,
      describe: () => ({ skills: this.#skills.length }),
    });
  }

  /** Names of its skills. */
  get names(): readonly string[] {
    return this.modules.map(({ name }) => name);
  }

  get skills(): readonly SkillStatus[] {
    return this.#skills;
  }

  /** Commands that have not been answered. */
  get pending(): number {
    return this.#commands.size;
  }

  /** The module that could not be loaded. */
  get loadFile(): string | undefined {
    return this.#loadFile;
  }

  /** Resolves with what the skills changed in their state while they loaded. @throws EarshotError SKILL_INVALID */
  async loaded(): Promise<Readonly<Record<string, string>>> {
    using _ = this.#thread.hold();
    const { loadMs } = this.#options.limits;
    return await within(this.#loaded.promise, loadMs, () => {
      const message = `${this.#thread.doing} did not finish loading within ${loadMs / 1_000} s`;
      return new EarshotError("SKILL_INVALID", `${message}: is there an await that never ends?`);
    });
  }

  /** Takes over; resolves with the skills that have been installed. @throws EarshotError SKILL_FAILED */
  async start(takeover: Takeover): Promise<readonly string[]> {
    using _ = this.#thread.hold();
    this.#isRunning = true;
    this.#thread.setPatience(this.#options.limits.blockedMs);
    this.#thread.post({ kind: "start", ...takeover });
    const installed = await this.#started.promise;
    if (this.#crash !== undefined) throw this.#crash;
    return installed;
  }

  /** Resolves when it is handled, or has failed. @throws `command.signal.reason` */
  async handle(command: SkillCommand): Promise<HandleResult> {
    const { signal, ...rest } = command;
    if (this.#crash !== undefined || this.#end !== undefined) {
      const error = this.#crash ?? failure("the skills are being ended");
      return { handled: false, replies: [], error };
    }
    using _ = this.#thread.hold();
    const id = this.#nextId++;
    const abort = (): void => this.#thread.post({ kind: "abort", id });
    const answer = this.#commands.add(id, signal, abort);
    this.#thread.post({ kind: "command", id, ...rest });
    return await answer;
  }

  setSignal(name: string, value: unknown): void {
    this.#thread.post({ kind: "signal", name, value });
  }

  /** Moves virtual time; resolves when every timer on the way has run. */
  async advance(ms: number): Promise<void> {
    using _ = this.#thread.hold();
    const id = this.#nextId++;
    const done = new Promise<void>((resolve) => this.#advances.set(id, resolve));
    this.#thread.post({ kind: "advance", id, ms });
    const first = deferred<unknown>();
    using _done = onSettled(done, first);
    using _ended = onSettled(this.#thread.ended, first);
    await first.promise;
  }

  /** Resolves when no command is being handled, or after `graceMs`. */
  async settled(graceMs: number): Promise<void> {
    await settlesWithin(this.#commands.idle(), graceMs, { keepAlive: true });
  }

  /** Gives up what runs, has the cleanups run, and ends the thread. Idempotent, never rejects. */
  end(uninstalled: readonly string[] = []): Promise<GenerationEnd> {
    this.#end ??= this.#endOnce(uninstalled);
    return this.#end;
  }

  async #endAll(): Promise<void> {
    const { failures } = await this.end();
    if (failures > 0) {
      throw new EarshotError(
        "CLEANUP_FAILED",
        `${failures} cleanups of skills failed; the log says why`,
      );
    }
  }

  async #endOnce(uninstalled: readonly string[]): Promise<GenerationEnd> {
    using _ = this.#thread.hold();
    const { cleanupMs, stopMs } = this.#options.limits;
    let end: GenerationEnd | undefined;
    if (this.#thread.answers) {
      this.#thread.setPatience(cleanupMs + 500);
      this.#thread.post({ kind: "stop", uninstalled });
      end = await within(this.#stopped.promise, stopMs + 1_000, tooLate).catch(() => undefined);
    }
    await this.#thread.terminate();
    this.#failPending();
    this.#registration[Symbol.dispose](); // without effect when it is what runs
    return end ?? this.#cutShort();
  }

  #cutShort(): GenerationEnd {
    const registered = this.#skills.reduce((sum, { cleanups }) => sum + cleanups, 0);
    return { ...NOTHING, cleanups: registered, failures: registered };
  }

  /** Ends the generation in the exit phase: the thread still runs while this one blocks. */
  #endSync(): void {
    const isForced = this.#end !== undefined || !this.#scope.isOpen;
    if (this.#end === undefined) this.#thread.post({ kind: "stop", uninstalled: [] });
    this.#thread.finishSync(isForced ? FORCED_EXIT_MS : this.#options.limits.exitMs);
  }

  #receive(message: FromThread): void {
    const { onEvent, onState, onAlerted } = this.#options;
    switch (message.kind) {
      case "loaded":
        return this.#loaded.resolve(message.states);
      case "not-loaded":
        this.#loadFile = message.file;
        return this.#loaded.reject(fromWireError(message.error));
      case "started":
        return this.#started.resolve(message.installed);
      case "skills":
        this.#skills = message.skills;
        return;
      case "answer":
        return this.#commands.answer(message);
      case "event":
        return onEvent(message.event);
      case "alerted":
        return onAlerted(message.name, message.atMs);
      case "state":
        return onState(message.skill, message.json);
      case "advanced":
        this.#advances.get(message.id)?.();
        this.#advances.delete(message.id);
        return;
      case "crashed": {
        const error = fromWireError(message.error);
        return this.#fail(
          error instanceof EarshotError ? error : failure(error.message),
          message.skill,
        );
      }
      case "stopped":
        return this.#stopped.resolve(message);
      case "child":
      case "pong":
        return; // the thread has taken them
    }
  }

  /** The first failure tells why; what comes after it is its consequence. */
  #fail(error: EarshotError, skill?: string): void {
    const isCrash = this.#crash === undefined && this.#end === undefined;
    if (isCrash) this.#crash = error;
    this.#loaded.reject(error);
    this.#started.reject(error);
    if (!this.#thread.answers) {
      // Else the cleanups can still run: after an error that nobody caught.
      this.#stopped.reject(error);
      this.#failPending();
    }
    if (isCrash && this.#isRunning) this.#options.onCrash(error, skill);
  }

  #failPending(): void {
    this.#commands.fail(this.#crash ?? failure("the skills were ended before this was handled"));
  }
}

function failure(message: string): EarshotError {
  return new EarshotError("SKILL_FAILED", message);
}

function tooLate(): Error {
  return new Error("the cleanups took too long");
}
