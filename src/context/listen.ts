import type { EndpointerOptions } from "../audio/endpointing/endpointer-options.ts";
import { Endpointer, type EndpointerEvent } from "../audio/endpointing/endpointer.ts";
import { toMs, toSamples } from "../audio/sample-time.ts";
import { untilAborted } from "../base/waiting/until-aborted.ts";
import type { Context } from "../grammar/context.ts";
import { WAKE_INTENT } from "../grammar/own-intents.ts";
import type { Recognition, RecognizeOptions } from "../stt/speech-to-text.ts";
import { Attention } from "./attention.ts";
import type { ListenEvent } from "./events.ts";
import { EarlyRecognition } from "./early-recognition.ts";
import { isOfThisUtterance, type LivePartial, LivePartials } from "./live-partials.ts";
import { assertGivesChunks, livePieces } from "./live-pieces.ts";
import type { LiveRecognizer } from "./live-recognizer.ts";
import { Wakefulness } from "./wakefulness.ts";

export type ListenOptions = {
  /** Silence that ends an utterance, ms. @default 600 */
  readonly silenceMs?: number;
  /** Known facts, for templates that need them. */
  readonly context?: Context;
  readonly endpointing?: EndpointerOptions;
  /**
   * Name of the recogniser's grammar of what may be said while asleep (see `withWakePhrase`): commands count
   * only with or after the wake phrase. @default always awake
   */
  readonly asleepGrammar?: string;
  /** Asleep until `attention.listenNow()`, whatever is said. @default false */
  readonly pushToTalk?: boolean;
  /** Time after the wake phrase in which another one is ignored, and after a reply in which nothing is heard, ms. @default 500 */
  readonly coolDownMs?: number;
  /** State shared with whoever acts on the events. */
  readonly attention?: Attention;
  /** Ends the listening without an error, even while no audio arrives. */
  readonly signal?: AbortSignal;
};

/**
 * Live audio → events, one utterance after another. Pulled: audio is read only as fast as events are taken,
 * and nothing is kept but the utterance in progress. Ends with the audio, or when `signal` aborts.
 *
 * @param audio mono Float32 chunks at 16 kHz, of any length; how it is cut makes no difference beyond 100 ms
 * in the times of events
 * @throws TypeError for anything else, saying what to give; RangeError for a time or threshold that cannot be
 */
export async function* listen(
  audio: AsyncIterable<Float32Array>,
  recognizer: LiveRecognizer,
  options: ListenOptions = {},
): AsyncGenerator<ListenEvent, void, undefined> {
  assertGivesChunks(audio);
  using listener = new LiveListener(recognizer, options);
  yield { type: "ready", atMs: 0 };
  try {
    for await (const chunk of untilAborted(audio, options.signal)) {
      for (const piece of livePieces(chunk)) yield* listener.push(piece);
    }
    yield* listener.end();
  } catch (error) {
    if (!options.signal?.aborted) throw error;
  }
}

class LiveListener implements Disposable {
  readonly #recognizer: LiveRecognizer;
  readonly #options: ListenOptions;
  readonly #attention: Attention;
  readonly #coolDownSamples: number;
  readonly #endpointer: Endpointer;
  #heardSamples = 0;
  /** Samples of these that were discarded during a spoken reply. */
  #deafSamples = 0;
  #deafUntil = 0;
  #utterances = 0;
  #partials: LivePartials | undefined;
  readonly #early: EarlyRecognition;
  readonly #wakefulness: Wakefulness;
  /** The utterance that is open, or the last one. */
  #current = { startsAt: 0, isAsleep: false, isTaken: true };

  constructor(recognizer: LiveRecognizer, options: ListenOptions) {
    this.#recognizer = recognizer;
    this.#early = new EarlyRecognition(recognizer);
    this.#options = options;
    const { silenceMs, asleepGrammar, pushToTalk = false, coolDownMs = 500 } = options;
    if (!(coolDownMs >= 0)) {
      throw new RangeError(`coolDownMs must be a number of milliseconds ≥ 0, not ${coolDownMs}`);
    }
    this.#attention = options.attention ?? new Attention();
    this.#coolDownSamples = toSamples(coolDownMs);
    const isOnDemand = asleepGrammar !== undefined || pushToTalk;
    this.#wakefulness = new Wakefulness(isOnDemand, this.#coolDownSamples);
    this.#endpointer = new Endpointer({
      ...(silenceMs === undefined ? {} : { silenceMs }),
      ...options.endpointing,
    });
  }

  async *push(chunk: Float32Array): AsyncGenerator<ListenEvent> {
    this.#heardSamples += chunk.length;
    this.#attention.heardMs = toMs(this.#heardSamples);
    if (this.#attention.takeRequest()) yield* this.#wakeOnRequest();
    if (this.#isDeaf()) {
      yield* this.#giveUp();
      this.#deafSamples += chunk.length;
      return;
    }
    for (const event of this.#endpointer.push(chunk)) yield* this.#take(event);
    const partial = this.#followUtterance();
    if (partial !== undefined) yield { type: "partial", ...this.#now(), ...partial };
    yield* this.#fallAsleep();
  }

  async *end(): AsyncGenerator<ListenEvent> {
    for (const event of this.#endpointer.flush()) yield* this.#take(event);
  }

  /** Stops asking about an utterance that is still open. */
  [Symbol.dispose](): void {
    this.#early[Symbol.dispose]();
    this.#endPartials();
  }

  #endPartials(): void {
    this.#partials?.[Symbol.dispose]();
    this.#partials = undefined;
  }

  async *#take(event: EndpointerEvent): AsyncGenerator<ListenEvent> {
    switch (event.type) {
      case "speech-start": {
        const isAsleep = this.#wakefulness.isAsleepAt(this.#heardSamples);
        const isTaken = !isAsleep || this.#options.pushToTalk !== true;
        this.#current = { startsAt: event.atSample + this.#deafSamples, isAsleep, isTaken };
        if (isTaken) yield this.#beginUtterance();
        break;
      }
      case "speech-end": {
        this.#endPartials();
        if (!this.#current.isTaken) break;
        const audioMs = toMs(event.samples.length);
        const reason = event.reason === "flush" ? "end-of-audio" : event.reason;
        yield { type: "speech-end", ...this.#now(), audioMs, reason };
        yield* this.#recognize(event);
        break;
      }
    }
  }

  /** While it goes on its text is asked for; while it pauses, what it means if that is its end. */
  #followUtterance(): LivePartial | undefined {
    if (this.#partials === undefined) return undefined;
    const isEarly = this.#early.follow(this.#endpointer, this.#recognizeOptions());
    return this.#partials.take(this.#endpointer, toMs(this.#heardSamples), { isOver: isEarly });
  }

  #beginUtterance(): ListenEvent {
    this.#utterances += 1;
    this.#partials = new LivePartials(this.#recognizer, this.#recognizeOptions());
    return { type: "speech-start", ...this.#now(), atMs: toMs(this.#current.startsAt) };
  }

  async *#recognize({ samples, startSample }: SpeechEnd): AsyncGenerator<ListenEvent> {
    const now = this.#now();
    const startedMs = performance.now();
    const options = this.#recognizeOptions();
    let heard: Recognition;
    try {
      const early = this.#early.take(startSample + samples.length, options);
      heard = await (early ?? this.#recognizer.recognize(samples, options));
    } catch (error) {
      if (!isOfThisUtterance(error)) throw error;
      yield { type: "error", ...now, code: error.code, message: error.message };
      return;
    }
    const { text, decision, candidates, audioMs } = heard;
    const tookMs = Math.round(performance.now() - startedMs);
    const confidence = candidates[0]?.confidence ?? 0;
    yield { type: "final", ...now, text, confidence, audioMs, tookMs };
    const reason = this.#whyIgnored(heard);
    if (decision === "reject" || reason !== undefined)
      yield { type: "ignored", ...now, reason: reason ?? "not-a-command", text };
    else yield* this.#act({ ...heard, decision }, now);
  }

  async *#act(
    {
      text,
      intent,
      decision,
      candidates,
      further = [],
    }: Recognition & { decision: "accept" | "ambiguous" },
    now: Now,
  ): AsyncGenerator<ListenEvent> {
    if (this.#current.isAsleep) {
      this.#wakefulness.phraseHeardAt(this.#heardSamples);
      yield { type: "wake", ...now, by: "phrase", text };
    }
    if (intent?.name === WAKE_INTENT) {
      this.#wakefulness.wakeAt(this.#heardSamples);
      return;
    }
    this.#wakefulness.sleep();
    const left = (from: number) => (from < further.length ? { further: further.slice(from) } : {});
    yield { type: "intent", ...now, intent, text, decision, candidates, ...left(0) };
    for (const [i, next] of further.entries()) {
      const meant = { intent: next, text, decision, candidates: [next] };
      yield { type: "intent", ...now, ...meant, ...left(i + 1) };
    }
  }

  #whyIgnored({ text, decision }: Recognition): IgnoredReason | undefined {
    const { isAsleep, startsAt } = this.#current;
    if (decision === "reject") {
      if (isAsleep) return "no-wake-phrase";
      return text === "" ? "no-speech" : "not-a-command";
    }
    if (this.#attention.isBusy) return "busy";
    return isAsleep && this.#wakefulness.isCoolingAt(startsAt) ? "cool-down" : undefined;
  }

  async *#wakeOnRequest(): AsyncGenerator<ListenEvent> {
    const next = { ...this.#now(), utteranceId: `u${this.#utterances + 1}` };
    if (this.#attention.isBusy) {
      yield { type: "ignored", ...next, reason: "busy", text: "" };
      return;
    }
    this.#wakefulness.wakeAt(this.#heardSamples);
    const { isSpeaking } = this.#endpointer;
    const { isTaken } = this.#current;
    const of = isSpeaking && isTaken ? this.#now() : next;
    yield { type: "wake", ...of, by: "request", text: "" };
    if (!isSpeaking) return;
    // Somebody speaks already: it counts.
    this.#current = { ...this.#current, isAsleep: false, isTaken: true };
    if (!isTaken) yield this.#beginUtterance();
  }

  async *#fallAsleep(): AsyncGenerator<ListenEvent> {
    if (this.#endpointer.isSpeaking) return;
    if (!this.#wakefulness.fallsAsleepAt(this.#heardSamples)) return;
    yield { type: "asleep", atMs: toMs(this.#heardSamples) };
  }

  /** While a reply is spoken, and for the cool-down after it. */
  #isDeaf(): boolean {
    if (this.#attention.isMuted) this.#deafUntil = this.#heardSamples + this.#coolDownSamples;
    return this.#heardSamples <= this.#deafUntil;
  }

  /** Drops the utterance that is open: the rest of it will not be heard. */
  async *#giveUp(): AsyncGenerator<ListenEvent> {
    let isUntold = false;
    for (const event of this.#endpointer.flush()) {
      if (event.type === "speech-start") {
        isUntold = true;
        continue;
      }
      this[Symbol.dispose]();
      if (!this.#current.isTaken || isUntold) continue;
      const audioMs = toMs(event.samples.length);
      yield { type: "speech-end", ...this.#now(), audioMs, reason: "muted" };
      yield { type: "ignored", ...this.#now(), reason: "muted", text: "" };
    }
  }

  #recognizeOptions(): RecognizeOptions {
    const { signal, context, asleepGrammar } = this.#options;
    return { signal, context, grammar: this.#current.isAsleep ? asleepGrammar : undefined };
  }

  #now(): Now {
    return { atMs: toMs(this.#heardSamples), utteranceId: `u${this.#utterances}` };
  }
}

type Now = { readonly atMs: number; readonly utteranceId: string };
type SpeechEnd = Extract<EndpointerEvent, { type: "speech-end" }>;
type IgnoredReason = Extract<ListenEvent, { type: "ignored" }>["reason"];
