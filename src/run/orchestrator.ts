import { settlesWithin } from "../base/waiting/settles-within.ts";
import type { Scope } from "../lifetime/scope.ts";
import { EarshotError } from "../errors.ts";
import type { Replier, ReplyRequest } from "./reply/replier.ts";
import type { HandleResult, SkillEvent } from "../skills/host/skill-events.ts";
import type { SkillHost } from "../skills/host/skill-host.ts";
import type { IntentCheck } from "./rules/intent-check.ts";
import type { Attention } from "../context/attention.ts";
import type { EventBus } from "./event-bus.ts";
import type { ListenEvent } from "../context/events.ts";
import type { Hooks } from "./hooks.ts";
import type { RunEvent } from "./run-events.ts";
import { toRunEvent } from "./skill-run-events.ts";

export type OrchestratorOptions = {
  readonly bus: EventBus<RunEvent>;
  readonly attention: Attention;
  readonly replier?: Replier | undefined;
  readonly skills?: Pick<SkillHost, "handle" | "setSignal"> | undefined;
  /** The rules of the intents. */
  readonly check?: IntentCheck | undefined;
  readonly hooks?: Hooks | undefined;
  /** Commands count only after a wake phrase or a request. @default false */
  readonly isOnDemand?: boolean;
  /** Speech cuts off a reply. @default false */
  readonly bargeIn?: boolean;
  /**
   * True: the audio comes whether or not somebody listens, so a command that comes while another is worked on is
   * ignored, and told. False, for recordings: it waits.
   */
  readonly isLive: boolean;
  /** Time for the command in progress after the scope begins to close, ms. @default 3000 */
  readonly drainMs?: number;
};

/** The signal by which skills know that somebody speaks to us: that of music may pause. */
const LISTENING = "listening";

type IntentEvent = Extract<ListenEvent, { type: "intent" }>;

/** Passes a recognised command through the rules of its intent to its skill and speaks the reply; one at a time. */
export class Orchestrator {
  readonly #options: OrchestratorOptions;
  readonly #abort = new AbortController();
  /** Commands that a skill works on, or that wait for it; those of one sentence come together. */
  #underWay = 0;
  #acted: Promise<unknown> | undefined;
  /** Of them, those whose replies have not been said. */
  #unfinished = 0;
  #command: Promise<void> | undefined;
  #isEngaged = false;

  /** When `scope` closes, the command under way is waited for, then given up. */
  constructor(scope: Scope, options: OrchestratorOptions) {
    this.#options = options;
    const { drainMs = 3_000 } = options;
    scope.defer(() => this.#drain(drainMs), {
      name: "command under way",
      phase: "intake",
      timeoutMs: drainMs + 1_000,
    });
  }

  /** Until the events end; with `once`, until the first command, and what was said with it, has been worked on. */
  async run(events: AsyncIterable<ListenEvent>, { once = false } = {}): Promise<void> {
    for await (const event of events) {
      this.#take(event);
      if (event.type !== "intent" || event.further !== undefined) continue;
      if (once || !this.#options.isLive) await this.#command;
      if (once) break;
    }
    await this.#command;
  }

  /** Handles an event of a skill outside of a command. */
  takeSkillEvent(event: SkillEvent): void {
    const told = toRunEvent(event, this.#options.attention.heardMs);
    if (told !== undefined) this.#options.bus.publish(told);
    if (event.type === "say" || event.type === "alert") void this.#reply(event.reply);
  }

  #take(event: ListenEvent): void {
    const { bus, isOnDemand = false, bargeIn = false, replier } = this.#options;
    bus.publish(event);
    switch (event.type) {
      case "wake":
        this.#engage(event);
        break;
      case "speech-start":
        if (bargeIn && replier?.isSpeaking) replier.interrupt();
        if (!isOnDemand) this.#engage(event);
        break;
      case "intent":
        this.#command = this.#bothDone(this.#command, this.#work(event));
        break;
      case "ignored":
      case "error":
        if (isOnDemand && event.type === "ignored" && event.reason === "not-a-command") {
          void this.#reply({ key: "earshot.not-understood", utteranceId: event.utteranceId });
        }
        if (!isOnDemand) this.#disengage(event);
        break;
      case "asleep":
        this.#disengage(event);
        break;
      case "ready":
      case "partial":
      case "speech-end":
      case "final":
    }
  }

  /** Without a value: each array of results would hold the array of the command before. */
  async #bothDone(before: Promise<void> | undefined, work: Promise<void>): Promise<void> {
    await Promise.all([before, work]);
  }

  async #work(event: IntentEvent): Promise<void> {
    this.#unfinished++;
    const acted = this.#actAfter(this.#acted, event);
    this.#acted = acted;
    try {
      await Promise.all(await acted);
    } finally {
      this.#unfinished--;
    }
    if (this.#unfinished === 0) this.#disengage(event);
  }

  async #actAfter(before: Promise<unknown> | undefined, event: IntentEvent) {
    const { attention } = this.#options;
    this.#underWay++;
    attention.isBusy = true;
    try {
      await before;
      return this.#abort.signal.aborted ? [] : await this.#act(event);
    } finally {
      this.#underWay--;
      attention.isBusy = this.#underWay > 0;
    }
  }

  /** @returns the replies, which may still be being said */
  async #act(event: IntentEvent): Promise<Promise<void>[]> {
    const { utteranceId, text, intent } = event;
    if (intent === null) return [this.#reply({ key: "earshot.ambiguous", utteranceId })];
    const startedMs = performance.now();
    const verdict = this.#options.check?.(intent);
    const { outcome, slots = intent.slots, reply: key } = verdict ?? {};
    for (const finding of verdict?.findings ?? []) {
      const told = { type: "checked", utteranceId, intent: intent.name, ...finding } as const;
      this.#options.bus.publish({ atMs: this.#options.attention.heardMs, ...told });
    }
    const said = key === undefined ? [] : [this.#reply({ key, slots, utteranceId })];
    const isRefused = outcome === "missing" || outcome === "rejected";
    if (isRefused) this.#tellHandled(event, startedMs, { handled: false, replies: [] });
    if (isRefused || this.#options.skills === undefined) return said;
    const command = { intent: intent.name, slots, text, utteranceId, signal: this.#abort.signal };
    const result = await this.#handle(command);
    if (result === undefined) return said;
    this.#tellHandled(event, startedMs, result);
    const own = ownReply(result);
    if (own !== undefined && said.length === 0) said.push(this.#reply({ key: own, utteranceId }));
    return [...said, ...result.replies.map((reply) => this.#reply({ ...reply, utteranceId }))];
  }

  /** Undefined: it was given up, because everything ends. */
  async #handle(command: Parameters<SkillHost["handle"]>[0]): Promise<HandleResult | undefined> {
    try {
      return await this.#options.skills?.handle(command);
    } catch (error) {
      if (this.#abort.signal.aborted) return undefined;
      if (!(error instanceof EarshotError)) throw error;
      if (error.code === "CONTEXT_CLOSED") return undefined;
      return { handled: true, replies: [], error };
    }
  }

  #tellHandled(event: IntentEvent, startedMs: number, { handled, error }: HandleResult): void {
    const tookMs = Math.round(performance.now() - startedMs);
    const failure = error === undefined ? {} : { code: error.code, message: error.message };
    const intent = event.intent?.name ?? "";
    const { utteranceId } = event;
    const told = { type: "handled", utteranceId, intent, handled, tookMs, ...failure } as const;
    this.#options.bus.publish({ atMs: this.#options.attention.heardMs, ...told });
  }

  #reply(request: ReplyRequest): Promise<void> {
    return this.#options.replier?.say(request) ?? Promise.resolve();
  }

  /** Somebody speaks to us: music may pause. */
  #engage(event: ListenEvent): void {
    if (this.#isEngaged) return;
    this.#isEngaged = true;
    this.#options.skills?.setSignal(LISTENING, true);
    this.#options.hooks?.call("listen", event);
  }

  #disengage(event: ListenEvent): void {
    if (!this.#isEngaged || this.#options.attention.isBusy) return;
    this.#isEngaged = false;
    this.#options.skills?.setSignal(LISTENING, false);
    this.#options.hooks?.call("done", event);
  }

  async #drain(limitMs: number): Promise<void> {
    if (!(await settlesWithin(Promise.resolve(this.#command), limitMs, { keepAlive: true }))) {
      this.#abort.abort(new EarshotError("CONTEXT_CLOSED", "The program ends"));
    }
    await this.#command;
    if (!this.#isEngaged) return;
    // What "listen" has changed, such as music that was paused, is not left so.
    this.#isEngaged = false;
    await this.#options.hooks?.callAtEnd("done", { type: "shutdown" });
  }
}

function ownReply({ handled, error }: HandleResult): string | undefined {
  if (error !== undefined) return "earshot.failed";
  return handled ? undefined : "earshot.unhandled";
}
