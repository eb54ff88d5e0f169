import { onAbort } from "../../base/waiting/on-abort.ts";
import path from "node:path";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError } from "../../errors.ts";
import { ActiveGeneration } from "./active-generation.ts";
import { Backoff } from "../../base/backoff.ts";
import { findSkills, realSkillFolder } from "../find-skills.ts";
import { WatchedFiles } from "../../lifetime/resources/watched-files.ts";
import { surveyFolder } from "./surveyed-folder.ts";
import { Generation, type GenerationEnd } from "./generation.ts";
import { withSyntaxPlace } from "../syntax-place.ts";
import { newCounters } from "./counters.ts";
import type {
  HandleResult,
  ReloadReason,
  ReloadResult,
  SkillCommand,
  SkillEvent,
  SkillHostStatus,
} from "./skill-events.ts";
import type { SkillHostOptions } from "./skill-host-options.ts";
import { SKILL_LIMITS, type SkillLimits } from "./skill-limits.ts";
import { mergeStates, StateStore } from "../state-store.ts";

/** Waits before skills that failed are loaded again. */
const RESTARTS = { firstMs: 250, maxMs: 60_000, steadyMs: 60_000 } as const;

/**
 * The skills of a folder, alive in a thread of their own, which a reload replaces as a whole. Whatever they do,
 * this thread goes on; whatever way the process is left, short of SIGKILL, their cleanups run.
 */
export class SkillHost {
  readonly #scope: Scope;
  readonly #options: SkillHostOptions;
  readonly #folder: string;
  readonly #limits: SkillLimits;
  readonly #store: StateStore;
  readonly #signals: Record<string, unknown> = {};
  readonly #alerts: Record<string, number> = {};
  readonly #counters = newCounters();
  readonly #backoff = new Backoff(RESTARTS);
  readonly #active = new ActiveGeneration();
  #lastNumber = 0;
  #virtualClockMs: number | undefined;
  /** The one whose state and status count. */
  #owner: Generation | undefined;
  #reloading: Promise<ReloadResult> | undefined;
  #queued: Promise<ReloadResult> | undefined;
  #lastError: EarshotError | undefined;

  /**
   * Loads the skills and starts them.
   * @throws EarshotError SKILL_INVALID with the place of the mistake, CONTEXT_CLOSED
   */
  static async open(scope: Scope, options: SkillHostOptions): Promise<SkillHost> {
    const folder = realSkillFolder(options.folder);
    if (findSkills(folder).length === 0) {
      const message = `there is no skill in ${options.folder}: make one with "earshot skills new NAME"`;
      throw new EarshotError("SKILL_INVALID", message);
    }
    const host = new SkillHost(scope.fork("skills"), folder, options);
    try {
      await host.#openFirst();
      return host;
    } catch (error) {
      await host.#scope.close();
      throw error;
    }
  }

  /** Use `SkillHost.open`. */
  private constructor(scope: Scope, folder: string, options: SkillHostOptions) {
    this.#scope = scope;
    this.#folder = folder;
    this.#options = options;
    this.#limits = { ...SKILL_LIMITS, ...options.limits };
    this.#virtualClockMs = options.virtualClockMs;
    const stateFolder = options.stateFolder ?? path.join(folder, ".state");
    this.#store = new StateStore(scope, stateFolder, ({ message }) => {
      const generation = this.#lastNumber;
      this.#tell({ type: "log", generation, skill: "skills", level: "error", message });
    });
    onAbort(scope.signal, () => this.#active.wake());
  }

  /** Every intent that a skill handles now. */
  get intents(): readonly string[] {
    return this.#owner?.skills.flatMap(({ intents }) => intents) ?? [];
  }

  /**
   * Has the skill of this intent handle a command: once, however many reloads there are meanwhile. Waits while
   * one generation of skills takes over from another, and for a while after a crash.
   * @throws EarshotError CONTEXT_CLOSED; `command.signal.reason`
   */
  async handle(command: SkillCommand): Promise<HandleResult> {
    command.signal?.throwIfAborted();
    this.#counters.commands += 1;
    let generation = await this.#takesCommands(command.signal);
    // It may have begun to end since it was found: whoever is handed a command must be the one that takes them.
    while (generation instanceof Generation && generation !== this.#active.current) {
      generation = await this.#takesCommands(command.signal);
    }
    const result =
      generation instanceof Generation
        ? await generation.handle(command)
        : { handled: false, replies: [], error: generation };
    if (result.error !== undefined) this.#counters.commandFailures += 1;
    return result;
  }

  /** Skills see it as `signals.get(name)`; it outlives reloads. JSON values. */
  setSignal(name: string, value: unknown): void {
    this.#signals[name] = value;
    this.#owner?.setSignal(name, value);
  }

  /** Loads everything anew; all or nothing. Never rejects for what is wrong in a skill. */
  reload(reason: ReloadReason): Promise<ReloadResult> {
    if (this.#reloading === undefined) return this.#begin(reason);
    // One after this one is enough, however many ask: it will see every change that there is by then.
    this.#queued ??= this.#reloading.then(() => {
      this.#queued = undefined;
      return this.#begin(reason);
    });
    return this.#queued;
  }

  /** With `virtualClockMs`: moves the clock of the skills. Resolves when every timer on the way has run. */
  async advance(ms: number): Promise<void> {
    if (this.#virtualClockMs !== undefined) this.#virtualClockMs += ms;
    await this.#active.current?.advance(ms);
  }

  status(): SkillHostStatus {
    return {
      state: this.#state,
      generation: this.#owner?.number ?? this.#lastNumber,
      skills: this.#owner?.skills ?? [],
      pendingCommands: this.#active.waiting + (this.#owner?.pending ?? 0),
      counters: { ...this.#counters },
      lastError: this.#lastError,
    };
  }

  /** Runs the cleanups and ends the thread. Idempotent; the scope does it too. */
  async close(): Promise<void> {
    await this.#scope.close();
  }

  get #state(): SkillHostStatus["state"] {
    if (!this.#scope.isOpen) return "closed";
    if (this.#reloading !== undefined) return "reloading";
    return this.#active.current === undefined ? "waiting-to-retry" : "running";
  }

  async #openFirst(): Promise<void> {
    const survey = () => surveyFolder(this.#folder);
    const { fingerprint: seen } = await survey();
    const loaded = await this.#load();
    await this.#takeOver(loaded);
    const { number: generation, names: skills } = loaded.next;
    this.#tell({ type: "loaded", generation, skills });
    if (this.#options.reloadOnChange !== true) return;
    const onChange = () => void this.reload("changed");
    const watching = new WatchedFiles({ survey, seen, onChange });
    this.#scope.use(watching, { name: `watch ${this.#folder}`, phase: "intake" });
  }

  #begin(reason: ReloadReason): Promise<ReloadResult> {
    this.#reloading = this.#reload(reason).finally(() => (this.#reloading = undefined));
    return this.#reloading;
  }

  async #reload(reason: ReloadReason): Promise<ReloadResult> {
    const startedMs = performance.now();
    const tookMs = (): number => Math.round(performance.now() - startedMs);
    try {
      const loaded = await this.#load();
      const { cleanups, failures: cleanupFailures } = await this.#endOwner(loaded.next);
      await this.#takeOver(loaded);
      this.#counters.reloads += 1;
      const { number: generation, names: skills } = loaded.next;
      const result = { generation, skills, tookMs: tookMs() };
      this.#tell({ type: "reloaded", reason, ...result, cleanups, cleanupFailures });
      return { ok: true, ...result };
    } catch (error) {
      if (!(error instanceof EarshotError)) throw error;
      this.#counters.failedReloads += 1;
      this.#lastError = error;
      const generation = this.#owner?.number ?? this.#lastNumber;
      if (this.#scope.isOpen) {
        this.#tell({ type: "failed", generation, reason, error });
        if (this.#active.current === undefined) this.#retryIn(this.#backoff.nextMs());
      }
      return { ok: false, generation, error, tookMs: tookMs() };
    }
  }

  /** A generation that is loaded, and asleep. @throws EarshotError SKILL_INVALID, CONTEXT_CLOSED */
  async #load(): Promise<Loaded> {
    const atLoad = this.#store.all;
    const { language } = this.#options;
    const next: Generation = new Generation(this.#scope, {
      number: this.#lastNumber + 1,
      folder: this.#folder,
      language,
      modules: findSkills(this.#folder),
      states: atLoad,
      limits: this.#limits,
      virtualClockMs: this.#virtualClockMs,
      onEvent: (event) => this.#tell({ ...event, generation: next.number }),
      onState: (skill, json) => {
        if (next === this.#owner) this.#store.put(skill, json);
      },
      onAlerted: (name, atMs) => void (this.#alerts[name] = atMs),
      onCrash: (error, skill) => this.#onCrash(next, error, skill),
    });
    this.#lastNumber = next.number;
    try {
      return { next, atLoad, changes: await next.loaded() };
    } catch (error) {
      await next.end();
      throw await withSyntaxPlace(this.#scope, this.#folder, error, next.loadFile);
    }
  }

  /** From here on commands wait; those under way are finished, then the cleanups run. */
  async #endOwner(next: Generation): Promise<GenerationEnd> {
    const owner = this.#owner;
    if (owner === undefined) return { cleanups: 0, failures: 0, uninstalled: [] };
    if (this.#active.current === owner) {
      this.#active.set(undefined);
      await owner.settled(this.#limits.graceMs);
    }
    const uninstalled = owner.names.filter((name) => !next.names.includes(name));
    const end = await owner.end(uninstalled);
    this.#counters.cleanupFailures += end.failures;
    return end;
  }

  /** @throws EarshotError SKILL_FAILED when it crashes before it has started */
  async #takeOver({ next, atLoad, changes }: Loaded): Promise<void> {
    const states = mergeStates(atLoad, changes, this.#store.all);
    for (const [skill, json] of Object.entries(states)) this.#store.put(skill, json);
    const { installed: before } = this.#store;
    const toInstall = next.names.filter((name) => !before.includes(name));
    this.#owner = next;
    try {
      const known = { signals: this.#signals, alerts: this.#alerts };
      const installed = [...before, ...(await next.start({ states, ...known, toInstall }))];
      this.#store.setInstalled(next.names.filter((name) => installed.includes(name)));
    } catch (error) {
      await next.end();
      throw error;
    }
    this.#backoff.started();
    this.#active.set(next);
  }

  #onCrash(generation: Generation, error: EarshotError, skill: string | undefined): void {
    if (generation !== this.#active.current) return; // it is not the one that counts, or has not started
    this.#active.set(undefined);
    this.#counters.crashes += 1;
    this.#lastError = error;
    const retryInMs = this.#backoff.nextMs();
    this.#tell({ type: "crashed", generation: generation.number, skill, error, retryInMs });
    void generation.end();
    this.#retryIn(retryInMs);
  }

  #retryIn(ms: number): void {
    if (!this.#scope.isOpen) return;
    const retry = (): void => {
      if (this.#active.current === undefined && this.#reloading === undefined)
        void this.reload("crashed");
    };
    this.#scope.timer("load skills again", ms, retry, { onDuplicate: "replace", keepAlive: false });
  }

  /** The generation that takes commands, or why there is none for so long. */
  async #takesCommands(signal: AbortSignal | undefined): Promise<Generation | EarshotError> {
    const check = (): void => this.#scope.assertOpen();
    const active = await this.#active.wait(this.#limits.waitMs, signal, check);
    const why = this.#lastError?.message ?? "they take too long to start";
    return active ?? new EarshotError("SKILL_FAILED", `the skills are not running: ${why}`);
  }

  #tell(event: SkillEvent): void {
    this.#options.onEvent(event);
  }
}

type Loaded = {
  readonly next: Generation;
  /** The state of the skills when it began to load, and what it changed in it. */
  readonly atLoad: Readonly<Record<string, string>>;
  readonly changes: Readonly<Record<string, string>>;
};
