import type { RunEvent } from "./run-events.ts";

export type RunState =
  | "starting"
  | "asleep" // until the wake phrase or a request
  | "listening"
  | "hearing" // somebody speaks
  | "understanding"
  | "handling" // a skill works
  | "replying"
  | "deaf" // no microphone: it is opened again
  | "ending";

export type LastIntent = {
  /** ISO 8601. */
  readonly time: string;
  readonly utteranceId: string;
  readonly text: string;
  readonly intent: string | null;
  readonly slots: Readonly<Record<string, unknown>>;
};

export type RunCounters = {
  readonly utterances: number;
  readonly intents: number;
  readonly ignored: number;
  readonly errors: number;
  readonly replies: number;
  readonly microphoneFailures: number;
  /** Audio that was lost because it came faster than it could be worked on, ms. */
  readonly droppedMs: number;
};

const REMEMBERED = 5;

export type RunStatusOptions = {
  /** It sleeps until the wake phrase or a request. */
  readonly isOnDemand: boolean;
  readonly hasSkills: boolean;
  /** Replies take time. */
  readonly isSpoken: boolean;
};

/** The status of a run, derived from its events. */
export class RunStatus {
  readonly #options: RunStatusOptions;
  readonly #nowMs: () => number;
  #state: RunState = "starting";
  #isAwake = false;
  #partial = "";
  #retryAtMs: number | undefined;
  #last: readonly LastIntent[] = [];
  #counters = {
    utterances: 0,
    intents: 0,
    ignored: 0,
    errors: 0,
    replies: 0,
    microphoneFailures: 0,
    droppedMs: 0,
  };

  constructor(options: RunStatusOptions, nowMs: () => number = () => performance.now()) {
    this.#options = options;
    this.#nowMs = nowMs;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Partial text of the utterance in progress. */
  get partial(): string {
    return this.#partial;
  }

  /** The latest first. */
  get last(): readonly LastIntent[] {
    return this.#last;
  }

  get counters(): RunCounters {
    return this.#counters;
  }

  /** The status in words for people. */
  get waitingFor(): string {
    switch (this.#state) {
      case "starting":
        return "the model and the microphone";
      case "asleep":
        return "the wake phrase, or a request to listen";
      case "listening":
        return "a command";
      case "hearing":
        return "the end of what is being said";
      case "understanding":
        return "the recogniser";
      case "handling":
        return `the skill of ${this.#last[0]?.intent ?? "the command"}`;
      case "replying":
        return "the end of the reply";
      case "deaf": {
        const inMs = Math.max(0, (this.#retryAtMs ?? 0) - this.#nowMs());
        return `the microphone; next try in ${(inMs / 1000).toFixed(1)} s`;
      }
      case "ending":
        return "everything to be released";
    }
  }

  take(event: RunEvent): void {
    this.#partial = event.type === "partial" ? event.text : "";
    this.#count(event);
    this.#state = this.#stateAfter(event);
  }

  #stateAfter(event: RunEvent): RunState {
    switch (event.type) {
      case "wake":
        this.#isAwake = true;
        return "listening";
      case "asleep":
        this.#isAwake = false;
        return this.#atRest();
      case "speech-start":
      case "partial":
        return "hearing";
      case "speech-end":
        return "understanding";
      case "intent":
        this.#isAwake = false;
        return this.#options.hasSkills && event.intent !== null ? "handling" : this.#atRest();
      case "reply":
        return this.#options.isSpoken ? "replying" : this.#state;
      case "microphone":
        if (event.state === "lost") this.#retryAtMs = this.#nowMs() + event.retryInMs;
        return event.state === "lost" ? "deaf" : this.#atRest();
      case "shutdown":
        return "ending";
      case "skills":
      case "templates":
      case "skill-lifecycle":
      case "skill-log":
      case "alert":
      case "checked":
        return this.#state;
      case "ready":
      case "final":
      case "ignored":
      case "error":
      case "handled":
      case "reply-end":
        return this.#atRest();
    }
  }

  #atRest(): RunState {
    return this.#options.isOnDemand && !this.#isAwake ? "asleep" : "listening";
  }

  #count(event: RunEvent): void {
    const counters = this.#counters;
    if (event.type === "speech-start") counters.utterances++;
    if (event.type === "ignored") counters.ignored++;
    if (event.type === "error") counters.errors++;
    if (event.type === "reply") counters.replies++;
    if (event.type === "microphone" && event.state === "lost") counters.microphoneFailures++;
    if (event.type === "microphone" && event.state === "dropped")
      counters.droppedMs += event.droppedMs;
    if (event.type !== "intent") return;
    counters.intents++;
    const { utteranceId, text, intent } = event;
    const time = new Date().toISOString();
    const latest = { time, utteranceId, text, intent: intent?.name ?? null };
    this.#last = [{ ...latest, slots: intent?.slots ?? {} }, ...this.#last].slice(0, REMEMBERED);
  }
}
