import { inspect } from "node:util";
import { Activity } from "../host/activity.ts";
import { EarshotError } from "../../errors.ts";
import type { GuestPort } from "../../workers/guest-port.ts";
import { toWireError } from "../../workers/wire-error.ts";
import type { FromThread, SkillModule, ThreadEvent, ThreadStart, ToThread } from "../protocol.ts";
import type { SkillReply } from "../host/skill-events.ts";
import { loadCommands } from "../commands/load-commands.ts";
import { HandlerCalls, failureOf } from "./handler-calls.ts";
import { Lifecycle, type Cleanup } from "./lifecycle.ts";
import { loadModules } from "./load-modules.ts";
import { placeOf } from "./place-of.ts";
import { Resources } from "./resources.ts";
import { SharedValues } from "./shared-values.ts";
import { SkillUnit, type Handler } from "./skill-unit.ts";
import { RealTicks, VirtualTicks } from "./ticks.ts";

type Stage = "loading" | "running" | "stopping";

/** Everything about the skills of a generation, in their thread. */
export class SkillThread {
  readonly start: ThreadStart;
  readonly signals = new SharedValues();
  readonly ticks: RealTicks | VirtualTicks;
  readonly resources: Resources;
  readonly commands: HandlerCalls;
  readonly #port: GuestPort<ToThread, FromThread>;
  readonly #activity: Activity;
  readonly #lifecycle: Lifecycle;
  readonly #units = new Map<string, SkillUnit>();
  readonly #cleanups: Cleanup[] = [];
  #stage: Stage = "loading";
  #isSummaryDue = false;
  #hasCrashed = false;

  constructor(port: GuestPort<ToThread, FromThread>) {
    this.#port = port;
    // What GenerationThread gives, on a channel that nobody else has.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    this.start = port.data as ThreadStart;
    const { folder, language, limits, virtualClockMs, activity } = this.start;
    this.#activity = new Activity(activity);
    this.resources = new Resources((pid, isRunning) =>
      this.#port.send({ kind: "child", pid, isRunning }),
    );
    this.ticks =
      virtualClockMs === undefined
        ? new RealTicks(this.resources.scope)
        : new VirtualTicks(virtualClockMs);
    const tell = (event: ThreadEvent): void => this.tell(event);
    this.#lifecycle = new Lifecycle({ activity: this.#activity, folder, limits, tell });
    this.commands = new HandlerCalls({
      activity: this.#activity,
      folder,
      language,
      limitMs: limits.commandMs,
      skillFor: (intent) => [...this.#units.values()].find((unit) => unit.handlers.has(intent)),
    });
  }

  /** Loads the modules, then serves the host until it is stopped. */
  async run(): Promise<void> {
    this.#catchCrashes();
    this.#port.onMessage((message) => void this.#receive(message));
    const { modules, folder } = this.start;
    for (const module of modules) this.#addUnit(module);
    const failure = await loadModules(modules, folder, this.#activity, (name) =>
      loadCommands(this, this.unit(name)),
    );
    if (failure !== undefined) {
      const { error, file } = failure;
      this.#port.send({ kind: "not-loaded", error: toWireError(error), file });
      return;
    }
    const states: Record<string, string> = {};
    for (const { name, state } of this.#units.values()) {
      const json = state.takeChange();
      if (json !== undefined) states[name] = json;
    }
    this.#sendSummary();
    this.#port.send({ kind: "loaded", states });
  }

  /** The unit of a skill; a helper module outside of any becomes one of its own. */
  unit(name: string): SkillUnit {
    return this.#units.get(name) ?? this.#addUnit({ name, file: name });
  }

  tell(event: ThreadEvent): void {
    this.#port.send({ kind: "event", event });
  }

  /** @throws EarshotError CONTEXT_CLOSED once the generation is being ended */
  assertTakes(unit: SkillUnit, what: string): void {
    if (this.#stage !== "stopping") return;
    throw new EarshotError(
      "CONTEXT_CLOSED",
      `${unit.name}: ${what} while the skills are being ended`,
    );
  }

  /** @throws EarshotError SKILL_INVALID when the intent has a handler already */
  addHandler(unit: SkillUnit, intent: string, handler: Handler): void {
    for (const other of this.#units.values()) {
      if (!other.handlers.has(intent)) continue;
      const who = other === unit ? "it" : other.name;
      throw new EarshotError("SKILL_INVALID", `${unit.name}: ${who} handles ${intent} already`);
    }
    unit.handlers.set(intent, handler);
    this.changed();
  }

  addCleanup(unit: SkillUnit, name: string, run: () => unknown): void {
    this.#cleanups.push({ unit, name, run });
    unit.cleanups += 1;
    this.changed();
  }

  every(unit: SkillUnit, name: string, periodMs: number, callback: () => unknown): Disposable {
    const timer = { name, periodMs };
    unit.timers.add(timer);
    this.changed();
    const ticking = this.ticks.every(periodMs, () => this.#call(unit, `timer ${name}`, callback));
    return {
      [Symbol.dispose]: () => {
        ticking[Symbol.dispose]();
        unit.timers.delete(timer);
        this.changed();
      },
    };
  }

  /** Part of the answer in a handler, else said by itself. */
  say(unit: SkillUnit, reply: SkillReply): SkillReply {
    if (!this.commands.reply(reply)) this.tell({ type: "say", skill: unit.name, reply });
    return reply;
  }

  /** False: it was raised less than `cooldownMs` ago. */
  alert(unit: SkillUnit, name: string, reply: SkillReply, cooldownMs: number): boolean {
    const nowMs = this.#monotonicMs();
    const lastMs = unit.alertedMs.get(name);
    if (lastMs !== undefined && nowMs - lastMs < cooldownMs) return false;
    unit.alertedMs.set(name, nowMs);
    this.#port.send({ kind: "alerted", name: `${unit.name} ${name}`, atMs: nowMs });
    this.tell({ type: "alert", skill: unit.name, name, reply });
    return true;
  }

  /** The status has changed; it is reported at the end of the turn. */
  changed(): void {
    if (this.#isSummaryDue) return;
    this.#isSummaryDue = true;
    queueMicrotask(() => this.#sendSummary());
  }

  #sendSummary(): void {
    this.#isSummaryDue = false;
    this.#port.send({ kind: "skills", skills: Array.from(this.#units.values(), (u) => u.status) });
  }

  #addUnit({ name, file }: SkillModule): SkillUnit {
    const unit = new SkillUnit(name, file, this.start.states[name], (json) => {
      if (this.#stage !== "loading") this.#port.send({ kind: "state", skill: name, json });
    });
    this.#units.set(name, unit);
    return unit;
  }

  async #receive(message: ToThread): Promise<void> {
    switch (message.kind) {
      case "start":
        return await this.#takeOver(message);
      case "command":
        return this.#port.send(await this.commands.run(message));
      case "abort":
        return this.commands.abort(message.id);
      case "signal":
        return this.signals.set(message.name, message.value);
      case "ping": {
        const { heapUsed, external } = process.memoryUsage();
        return this.#port.send({ kind: "pong", memoryBytes: heapUsed + external });
      }
      case "advance":
        if (this.ticks instanceof VirtualTicks) await this.ticks.advance(message.ms);
        return this.#port.send({ kind: "advanced", id: message.id });
      case "stop":
        return await this.#stop(message.uninstalled);
    }
  }

  async #takeOver(message: Extract<ToThread, { kind: "start" }>): Promise<void> {
    for (const [name, json] of Object.entries(message.states)) this.unit(name).state.replace(json);
    for (const [name, value] of Object.entries(message.signals)) this.signals.set(name, value);
    for (const unit of this.#units.values()) {
      for (const [key, atMs] of Object.entries(message.alerts)) {
        if (key.startsWith(`${unit.name} `)) {
          unit.alertedMs.set(key.slice(unit.name.length + 1), atMs);
        }
      }
    }
    this.#stage = "running";
    const installed: string[] = [];
    for (const unit of this.#units.values()) {
      const isNew = message.toInstall.includes(unit.name);
      if (isNew && (await this.#lifecycle.hook(unit, "onInstall"))) installed.push(unit.name);
      await this.#lifecycle.hook(unit, "onStart");
    }
    this.ticks.start();
    this.#port.send({ kind: "started", installed });
  }

  async #stop(uninstalled: readonly string[]): Promise<void> {
    if (this.#stage === "stopping") return;
    const wasStarted = this.#stage === "running";
    this.#stage = "stopping";
    this.#lifecycle.beginStop();
    await this.commands.abortAll();
    let failures = await failuresOf(this.ticks.stop());
    const units = wasStarted ? [...this.#units.values()] : [];
    const leaving = units.filter(({ name }) => uninstalled.includes(name));
    for (const unit of units) await this.#lifecycle.hook(unit, "onStop");
    for (const unit of leaving) await this.#lifecycle.hook(unit, "onUninstall");
    failures += await this.#lifecycle.cleanUp(this.#cleanups);
    for (const unit of leaving) await this.#lifecycle.hook(unit, "afterUninstall");
    failures += await failuresOf(this.resources.scope.close());
    for (const { state } of this.#units.values()) state.flush();
    this.#port.send({
      kind: "stopped",
      cleanups: this.#cleanups.length,
      failures,
      uninstalled: leaving.map(({ name }) => name),
    });
    this.#activity.markStopped();
  }

  /** Runs a callback outside of a command. An error is logged and has no other effect. */
  async #call(unit: SkillUnit, what: string, callback: () => unknown): Promise<void> {
    this.#activity.note(unit.name, what);
    try {
      const result = callback();
      this.#activity.clear();
      await result;
    } catch (error) {
      this.#activity.clear();
      const failure = failureOf(error, `${unit.name}: ${what}`, this.start.folder);
      const { message, place } = failure instanceof EarshotError ? failure : {};
      const text = place === undefined ? `${message}` : `${place}: ${message}`;
      this.tell({ type: "log", skill: unit.name, level: "error", message: text });
    }
  }

  /** Alerts are seldom whatever happens to the clock on the wall. */
  #monotonicMs(): number {
    if (this.ticks instanceof VirtualTicks) return this.ticks.now();
    return Number(process.hrtime.bigint() / 1_000_000n);
  }

  #catchCrashes(): void {
    process.on("uncaughtException", (error) => this.#crash(error, "an error that nobody caught"));
    // Ending the thread here and now would leave no time for the cleanups.
    process.exit = (code) => {
      const error = new Error(`process.exit(${code ?? ""}) was called`);
      this.#crash(error, "a skill wanted to end the program");
      throw error;
    };
  }

  #crash(error: unknown, what: string): void {
    if (this.#hasCrashed) return; // the first one tells why; what follows it would hide that
    this.#hasCrashed = true;
    const place = placeOf(error, this.start.folder);
    const unit = [...this.#units.values()].find(({ file }) => file === place?.file);
    const message = error instanceof Error ? error.message : inspect(error);
    const failure = new EarshotError("SKILL_FAILED", `${what}: ${message}`, {
      cause: error,
      ...(place === undefined ? {} : { place: place.text }),
    });
    this.#port.send({ kind: "crashed", error: toWireError(failure), skill: unit?.name });
  }
}

/** Closes a scope. What could not be released is counted, and ends with the thread. */
async function failuresOf(closing: Promise<unknown>): Promise<number> {
  try {
    await closing;
    return 0;
  } catch (error) {
    const { cause } = error instanceof Error ? error : {};
    return cause instanceof AggregateError ? cause.errors.length : 1;
  }
}
