import { onAbort } from "../../base/waiting/on-abort.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import type { Language } from "../../languages/language.ts";
import type { ReplySlots, ReplyTexts } from "./reply-texts.ts";
import type { Speaker } from "./speaker.ts";

export type ReplyRequest = {
  /** Text to say as it is. */
  readonly text?: string | undefined;
  /** … or the key of its variants; the text is said when no variant is found. */
  readonly key?: string | undefined;
  readonly slots?: ReplySlots | undefined;
  /** The utterance that it answers. */
  readonly utteranceId?: string | undefined;
};

type OfReply = { readonly utteranceId?: string };

export type ReplyEvent =
  /** It is being said from now on, or has been printed. */
  | (OfReply & { readonly type: "reply"; readonly text: string; readonly key?: string })
  /** Outcome of a spoken reply. `dropped`: too many replies were waiting, so it was not spoken. */
  | (OfReply & {
      readonly type: "reply-end";
      readonly outcome: "said" | "interrupted" | "failed" | "dropped";
      readonly tookMs: number;
      /** Why it failed. */
      readonly code?: EarshotErrorCode;
      readonly message?: string;
    });

export type ReplierOptions = {
  readonly texts: ReplyTexts;
  readonly language: Language;
  /** Without one replies are printed only. */
  readonly speaker?: Speaker | undefined;
  /** Closes the ears while a reply is spoken. Without it they stay open. */
  readonly mute?: (() => Disposable) | undefined;
  readonly onEvent: (event: ReplyEvent) => void;
};

/** Replies that may wait while another is spoken; beyond it the oldest is dropped, and told. */
const MAX_WAITING = 8;
const MAX_CHARACTERS = 4_000;

type Waiting = {
  readonly text: string;
  readonly key: string | undefined;
  readonly utteranceId: string | undefined;
  readonly done: () => void;
};

/** Says replies one after another: prints them, and speaks them when there is a speaker. */
export class Replier {
  readonly #options: ReplierOptions;
  readonly #waiting: Waiting[] = [];
  readonly #closing: AbortSignal;
  #interruption = new AbortController();
  #isSaying = false;
  #speaking: Promise<void> | undefined;

  /** The reply in progress is cut off when the scope closes. */
  constructor(scope: Scope, options: ReplierOptions) {
    this.#options = options;
    this.#closing = scope.signal;
    scope.defer(() => this.#speaking, { name: "reply", phase: "work" });
    onAbort(scope.signal, () => this.interrupt());
  }

  get isSpeaking(): boolean {
    return this.#isSaying && this.#options.speaker !== undefined;
  }

  /** Resolves when it has been said, cut off or dropped; at once when it has no text. Failures are events. */
  say(request: ReplyRequest): Promise<void> {
    const text = toSpoken(this.#textOf(request));
    if (text === "" || this.#closing.aborted) return Promise.resolve();
    return new Promise((done) => {
      this.#waiting.push({ text, key: request.key, utteranceId: request.utteranceId, done });
      if (this.#waiting.length > MAX_WAITING) {
        const dropped = this.#waiting.shift();
        if (dropped !== undefined) this.#giveUp(dropped, "dropped");
      }
      if (!this.#isSaying) this.#speaking = this.#sayAll();
    });
  }

  /** Cuts off what is being said, and drops what waits. */
  interrupt(): void {
    for (const waiting of this.#waiting.splice(0)) this.#giveUp(waiting, "interrupted");
    this.#interruption.abort();
    this.#interruption = new AbortController();
  }

  #textOf({ key, text, slots }: ReplyRequest): string | undefined {
    const { texts, language } = this.#options;
    const found = key === undefined ? undefined : texts.textOf(key, language, slots);
    return found ?? text;
  }

  async #sayAll(): Promise<void> {
    this.#isSaying = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#sayOne(next);
      this.#isSaying = this.#waiting.length > 0; // before anybody who waited for it goes on
      next.done();
      if (!this.#isSaying) return;
    }
  }

  async #sayOne(reply: Waiting): Promise<void> {
    const { text, key, utteranceId } = reply;
    const named = key === undefined ? {} : { key };
    this.#options.onEvent({ type: "reply", ...ofReply(utteranceId), text, ...named });
    if (this.#options.speaker !== undefined) await this.#speak(reply, this.#options.speaker);
  }

  async #speak(reply: Waiting, speaker: Speaker): Promise<void> {
    const { signal } = this.#interruption;
    const startedMs = performance.now();
    using _muted = this.#options.mute?.();
    try {
      await speaker.say(reply.text, signal);
      this.#end(reply, signal.aborted ? "interrupted" : "said", startedMs);
    } catch (error) {
      if (this.#closing.aborted) return;
      if (!(error instanceof EarshotError)) throw error;
      this.#end(reply, "failed", startedMs, { code: error.code, message: error.message });
    }
  }

  #giveUp(waiting: Waiting, outcome: "interrupted" | "dropped"): void {
    this.#end(waiting, outcome, performance.now());
    waiting.done();
  }

  #end(
    { utteranceId }: Waiting,
    outcome: "said" | "interrupted" | "failed" | "dropped",
    startedMs: number,
    failure: { readonly code?: EarshotErrorCode; readonly message?: string } = {},
  ): void {
    const tookMs = Math.round(performance.now() - startedMs);
    const event = { type: "reply-end", ...ofReply(utteranceId), outcome, tookMs } as const;
    this.#options.onEvent({ ...event, ...failure });
  }
}

function ofReply(utteranceId: string | undefined): OfReply {
  return utteranceId === undefined ? {} : { utteranceId };
}

/** Reduces a text to one line without control characters, for a terminal and for a program. */
function toSpoken(text: string | undefined): string {
  return (text ?? "")
    .replaceAll(/\p{Cc}+/gu, " ")
    .slice(0, MAX_CHARACTERS)
    .trim();
}
