import { Attention } from "../../context/attention.ts";
import { EventBus } from "../../run/event-bus.ts";
import { Hooks } from "../../run/hooks.ts";
import { Orchestrator } from "../../run/orchestrator.ts";
import type { RunEvent } from "../../run/run-events.ts";
import { RunStatus } from "../../run/run-status.ts";
import type { VoiceContext } from "../../context/voice-context.ts";
import { EarshotError } from "../../errors.ts";
import { Replier } from "../../run/reply/replier.ts";
import { ReplyTexts } from "../../run/reply/reply-texts.ts";
import { Speaker } from "../../run/reply/speaker.ts";
import { SkillHost } from "../../skills/host/skill-host.ts";
import { LiveRules } from "./live-rules.ts";
import { EventLog } from "../output/event-log.ts";
import { EventPrinter } from "../output/event-printer.ts";
import { describeError, EXIT, type Execution } from "../execute.ts";
import { requireIntents } from "../settings/intent-settings.ts";
import { openContext } from "../open-context.ts";
import { openSource } from "./open-source.ts";
import { RunPresence } from "./run-presence.ts";
import { listenForRequests } from "./run-requests.ts";
import { liveLines } from "../output/live-lines.ts";

/** One `earshot run`, assembled from its settings. */
export class RunSession {
  readonly #execution: Execution;
  readonly #attention = new Attention();
  readonly #status: RunStatus;
  readonly #bus = new EventBus<RunEvent>((error, name) => this.#onHandlerError(error, name));
  readonly #printer: EventPrinter;
  readonly #log: EventLog | undefined;
  readonly #presence: RunPresence;
  #skills: SkillHost | undefined;

  /** @throws EarshotError CONFIG_INVALID */
  constructor(execution: Execution) {
    this.#execution = execution;
    const { settings, output } = execution;
    requireIntents(settings);
    this.#status = new RunStatus({
      isOnDemand: this.#isOnDemand,
      hasSkills: settings.skills !== undefined,
      isSpoken: settings.say !== undefined,
    });
    this.#printer = new EventPrinter(output, () => liveLines(this.#status, this.#skills?.status()));
    this.#log = settings.log === undefined ? undefined : new EventLog(settings.log);
    this.#presence = new RunPresence(execution, {
      status: this.#status,
      attention: this.#attention,
      details: () => ({
        skills: this.#skills?.status(),
        bus: this.#bus.status(),
        log: this.#log?.status,
      }),
    });
    this.#bus.subscribe("status", (event) => this.#status.take(event));
    this.#bus.subscribe("output", (event) => this.#printer.print(event));
    this.#bus.subscribe("log", (event) => this.#log?.write(event));
    execution.onShutdown((report) => {
      this.#bus.publish(this.#printer.shutdown(report));
      void this.#bus.stop();
    });
  }

  /** Runs until it is asked to end. @returns the exit status */
  async run(): Promise<number> {
    const { settings, scope } = this.#execution;
    const requests = { attention: this.#attention, skills: () => this.#skills };
    listenForRequests(this.#execution, requests);
    const hooks = this.#openHooks();
    const rules = new LiveRules(settings);
    const replier = this.#openReplier(rules.hasAny);
    const ctx = await openContext(this.#execution);
    const orchestrator = new Orchestrator(scope, {
      bus: this.#bus,
      attention: this.#attention,
      replier,
      hooks,
      check: rules.check,
      skills: settings.skills === undefined ? undefined : this.#skillsToCome(),
      isOnDemand: this.#isOnDemand,
      bargeIn: settings.bargeIn,
      isLive: this.#isLive,
    });
    await this.#openSkills(orchestrator);
    this.#watchTemplates(ctx, rules);
    const source = await openSource(scope, settings, (event) =>
      this.#bus.publish({ type: "microphone", atMs: this.#attention.heardMs, ...event }),
    );
    if (this.#printer.isLive) scope.interval("redraw", 500, () => this.#printer.redraw());
    const events = ctx.listen(this.#printer.metered(source), this.#listenOptions());
    await this.#presence.begin();
    await orchestrator.run(events, { once: settings.once });
    await hooks.finish();
    return this.#log !== undefined && this.#log.status.lost > 0 ? EXIT.failed : EXIT.done;
  }

  get #isOnDemand(): boolean {
    const { wake, pushToTalk } = this.#execution.settings;
    return wake !== undefined || pushToTalk;
  }

  /** A recording waits while somebody works; a room does not. */
  get #isLive(): boolean {
    return this.#execution.settings.input === undefined;
  }

  #listenOptions() {
    const { silence, wake, pushToTalk, coolDown, duration } = this.#execution.settings;
    return {
      silenceMs: silence,
      coolDownMs: coolDown,
      pushToTalk,
      attention: this.#attention,
      ...(wake === undefined ? {} : { wake }),
      ...(duration === undefined ? {} : { signal: AbortSignal.timeout(duration) }),
    };
  }

  #watchTemplates(ctx: VoiceContext, rules: LiveRules): void {
    ctx.watchTemplates({
      beforeReload: () => rules.read(),
      onEvent: (event) => {
        if (event.state === "reloaded") rules.take();
        this.#bus.publish({ type: "templates", atMs: this.#attention.heardMs, ...event });
      },
    });
  }

  #openHooks(): Hooks {
    const { on, onListen, onDone } = this.#execution.settings;
    const commands = on.map((text) => {
      const at = text.indexOf("=");
      return { event: text.slice(0, at), line: text.slice(at + 1) };
    });
    if (onListen !== undefined) commands.push({ event: "listen", line: onListen });
    if (onDone !== undefined) commands.push({ event: "done", line: onDone });
    const { scope } = this.#execution;
    const hooks = new Hooks(scope, { commands, onError: (error) => this.#publishError(error) });
    this.#bus.subscribe("hooks", (event) => {
      // A hook on errors that fails would be called for ever.
      if (event.type !== "error" || event.code !== "HOOK_FAILED") hooks.call(event.type, event);
    });
    return hooks;
  }

  /** Without anything that replies there are no replies. */
  #openReplier(hasRules: boolean): Replier | undefined {
    const { scope, settings } = this.#execution;
    const { say, replies, skills, language, bargeIn } = settings;
    const isNeeded = say !== undefined || replies.length > 0 || skills !== undefined || hasRules;
    if (!isNeeded) return undefined;
    return new Replier(scope, {
      texts: ReplyTexts.load(replies),
      language,
      speaker: say === undefined ? undefined : new Speaker(scope, say),
      mute: bargeIn || !this.#isLive ? undefined : () => this.#attention.mute(),
      onEvent: (event) => this.#bus.publish({ atMs: this.#attention.heardMs, ...event }),
    });
  }

  async #openSkills(orchestrator: Orchestrator): Promise<void> {
    const { scope, settings } = this.#execution;
    const { skills: folder, language, state, reloadOnChange } = settings;
    if (folder === undefined) return;
    this.#skills = await SkillHost.open(scope, {
      folder,
      language,
      ...(state === undefined ? {} : { stateFolder: state }),
      reloadOnChange,
      onEvent: (event) => orchestrator.takeSkillEvent(event),
    });
  }

  /** Skills may speak while they are loaded, so the orchestrator is there before them. */
  #skillsToCome(): Pick<SkillHost, "handle" | "setSignal"> {
    return {
      setSignal: (name, value) => this.#skills?.setSignal(name, value),
      handle: (command) => {
        if (this.#skills !== undefined) return this.#skills.handle(command);
        throw new EarshotError("CONTEXT_CLOSED", "The skills are not loaded yet");
      },
    };
  }

  #onHandlerError(error: unknown, subscriber: string): void {
    if (!(error instanceof EarshotError)) throw error;
    this.#execution.output.note(`earshot: ${describeError(error)}`);
    if (subscriber !== "output") this.#publishError(error);
  }

  #publishError({ code, message }: EarshotError): void {
    this.#bus.publish({ type: "error", atMs: this.#attention.heardMs, code, message });
  }
}
