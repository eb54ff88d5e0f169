import { setImmediate } from "node:timers/promises";
import { toSamples } from "../audio/sample-time.ts";
import type { ListenEvent } from "../context/events.ts";
import { listen, type ListenOptions } from "../context/listen.ts";
import type { LiveRecognizer } from "../context/live-recognizer.ts";
import type { Recognition, RecognizeOptions } from "../stt/speech-to-text.ts";
import { marked, markOf, speechProbability } from "./marked-audio.ts";
import { type ScriptedUtterance, toRecognition } from "./scripted-utterance.ts";

/** An utterance, silence between utterances, or something that happens there. */
export type ScriptStep = ScriptedUtterance | { readonly silenceMs: number } | (() => void);

export type ScriptedListenOptions = Omit<ListenOptions, "asleepGrammar" | "endpointing"> & {
  /** Asleep until an utterance with `wake`. @default false */
  readonly wake?: boolean;
};

/** Silence after an utterance, which ends it, ms. */
const PAUSE_MS = 1_500;
const CHUNK_SAMPLES = toSamples(100);
const ASLEEP = "asleep";

/**
 * Takes the place of microphone, speech model and templates: what is said, and how it is recognised, stands in a
 * script. The events are those of `ctx.listen()`, with the same timing in the audio, and no clock is waited for.
 *
 * ```ts
 * const speech = new ScriptedRecognizer([{ text: "stop the music", intent: "StopMusic" }]);
 * for await (const event of speech.listen()) console.log(event.type);
 * ```
 */
export class ScriptedRecognizer implements LiveRecognizer {
  readonly #script: readonly ScriptStep[];
  readonly #utterances: readonly ScriptedUtterance[];

  constructor(script: readonly ScriptStep[]) {
    this.#script = script;
    this.#utterances = script.filter((step) => isUtterance(step));
  }

  /** The events of the script, played once from its beginning. */
  listen(options: ScriptedListenOptions = {}): AsyncGenerator<ListenEvent, void, undefined> {
    const { wake = false, ...listening } = options;
    return listen(this.audio(), this, {
      ...listening,
      ...(wake ? { asleepGrammar: ASLEEP } : {}),
      endpointing: { speechProbability, calibrationMs: 0, normalize: false },
    });
  }

  /** Mono 16 kHz; utterances are marked by their level, so that only this recogniser understands them. */
  async *audio(): AsyncGenerator<Float32Array, void, undefined> {
    let at = 0;
    for (const step of this.#script) {
      if (typeof step === "function") step();
      else if (isUtterance(step)) yield* this.#say(step, ++at);
      else yield* inChunks(silence(step.silenceMs));
    }
  }

  /** The recognition that the script has for the utterance in these samples; rejected for samples of others. */
  async recognize(
    audio: unknown,
    { signal, grammar }: RecognizeOptions = {},
  ): Promise<Recognition> {
    signal?.throwIfAborted();
    const { samples, utterance } = this.#find(audio);
    await utterance?.after;
    signal?.throwIfAborted();
    if (utterance?.error !== undefined) throw utterance.error;
    return toRecognition(utterance, samples, grammar === ASLEEP);
  }

  /** The scripted partial texts, spread evenly over the utterance. */
  async partial(audio: unknown, { signal }: RecognizeOptions = {}): Promise<string> {
    signal?.throwIfAborted();
    const { samples, utterance } = this.#find(audio);
    const { partials = [], durationMs = 1_000 } = utterance ?? {};
    const heard = Math.floor((samples * partials.length) / toSamples(durationMs));
    return partials[Math.min(heard, partials.length) - 1] ?? "";
  }

  #find(audio: unknown): { samples: number; utterance: ScriptedUtterance | undefined } {
    if (!(audio instanceof Float32Array)) {
      throw new TypeError(
        "A scripted recogniser takes the Float32Array samples of its own audio()",
      );
    }
    const { mark, samples } = markOf(audio);
    return { samples, utterance: this.#utterances[mark - 1] };
  }

  async *#say(utterance: ScriptedUtterance, mark: number): AsyncGenerator<Float32Array> {
    const { durationMs = 1_000, during } = utterance;
    const speech = marked(toSamples(durationMs), mark);
    const middle = Math.round(speech.length / 2);
    yield* inChunks(speech.subarray(0, middle));
    during?.();
    yield* inChunks(speech.subarray(middle));
    yield* inChunks(silence(PAUSE_MS));
  }
}

function isUtterance(step: ScriptStep): step is ScriptedUtterance {
  return typeof step !== "function" && "text" in step;
}

async function* inChunks(samples: Float32Array): AsyncGenerator<Float32Array> {
  for (let at = 0; at < samples.length; at += CHUNK_SAMPLES) {
    yield samples.subarray(at, at + CHUNK_SAMPLES);
    await setImmediate(); // what the chunk has set off comes before the next
  }
}

function silence(ms: number): Float32Array {
  return new Float32Array(toSamples(ms));
}
