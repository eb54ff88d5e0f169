import { normalizeLevel } from "../level.ts";
import { toSamples } from "../sample-time.ts";
import { type EndpointerOptions, endpointerSettings } from "./endpointer-options.ts";
import { SampleHistory } from "./sample-history.ts";
import { FRAME_SAMPLES, VoiceActivity, type VoiceActivityFrame } from "./voice-activity.ts";

/** The beginning or the end of an utterance. Positions are samples (16 kHz) from the beginning of the stream. */
export type EndpointerEvent =
  | { readonly type: "speech-start"; readonly atSample: number }
  | {
      readonly type: "speech-end";
      /** End of the last speech. */
      readonly atSample: number;
      /** Position of the first of `samples`. */
      readonly startSample: number;
      /** The utterance with its pre-roll, mono 16 kHz. The array belongs to the receiver. */
      readonly samples: Float32Array<ArrayBuffer>;
      /** Gain of `samples` over the input, dB. */
      readonly gainDb: number;
      readonly reason: "silence" | "max-length" | "flush";
    };

/** Tuned on recorded commands in kitchen noise; bench/vad.ts measures them. */
const TUNING = {
  /** An utterance goes on while the score is at least this share of `threshold`. */
  holdShare: 0.1,
  /** Power over the noise floor from which a frame counts as loud, dB. */
  minLoudDb: 3,
  /** Time before the detection in which the start of the speech is sought, ms. */
  lookBackMs: 900,
  /** Longest pause between loud frames of one stretch of speech, ms. */
  maxPauseMs: 300,
} as const;

/**
 * Cuts a stream into utterances. It is a pure state machine without a clock: the same stream gives the same events,
 * however it is cut into chunks.
 *
 * Memory is bounded: it keeps the last seconds of the stream, about 14 with the defaults. An utterance that reaches
 * `maxUtteranceMs` ends there and the next one begins, so no sound is lost.
 */
export class Endpointer {
  readonly #settings: ReturnType<typeof endpointerSettings>;
  readonly #detector = new VoiceActivity();
  readonly #history: SampleHistory;
  /** End of the last frame that the detector has judged or calibrated on. */
  #position = 0;
  #isCalibrating: boolean;
  #utterance: { startSample: number; lastSpeech: number } | undefined;
  #lastEnd = 0;
  #loudSince = 0;
  #lastLoud = 0;

  constructor(options: EndpointerOptions = {}) {
    this.#settings = endpointerSettings(options);
    const { maxUtteranceMs, preRollMs, calibrationMs } = this.#settings;
    const heldMs = maxUtteranceMs + preRollMs + calibrationMs + TUNING.lookBackMs + 100;
    this.#history = new SampleHistory(toSamples(heldMs));
    this.#isCalibrating = calibrationMs > 0;
  }

  /** Whether an utterance is open. */
  get isSpeaking(): boolean {
    return this.#utterance !== undefined;
  }

  /** Length of the open utterance so far, samples; 0 when none is open. */
  get utteranceSamples(): number {
    return this.#utterance === undefined ? 0 : this.#history.end - this.#utterance.startSample;
  }

  /** A copy of the open utterance so far, without the change of level; empty when none is open. */
  utteranceSoFar(): Float32Array<ArrayBuffer> {
    const from = this.#utterance?.startSample ?? this.#history.end;
    return this.#history.slice(from, this.#history.end);
  }

  /**
   * The open utterance as it will end unless more speech follows. Available once the silence that belongs to the
   * utterance has passed, so that recognition can begin before the rest of the silence has.
   */
  get probableEnd():
    | { readonly endSample: number; readonly samples: () => Float32Array }
    | undefined {
    if (this.#utterance === undefined) return undefined;
    const { startSample, lastSpeech } = this.#utterance;
    const endSample = lastSpeech + toSamples(this.#settings.preRollMs);
    if (endSample > this.#position) return undefined;
    return { endSample, samples: () => this.#cut(startSample, endSample).samples };
  }

  /** Takes any number of samples, mono 16 kHz. */
  push(samples: Float32Array): EndpointerEvent[] {
    const events: EndpointerEvent[] = [];
    for (let at = 0; at < samples.length; ) {
      const missing = FRAME_SAMPLES - (this.#history.end % FRAME_SAMPLES);
      this.#history.push(samples.subarray(at, at + missing));
      at += missing;
      if (this.#history.end % FRAME_SAMPLES === 0) events.push(...this.#takeFrame());
    }
    return events;
  }

  /** Ends the open utterance, at the end of the stream or before. The next push continues behind it. */
  flush(): EndpointerEvent[] {
    const events = this.#isCalibrating ? this.#endCalibration() : [];
    if (this.#utterance !== undefined) events.push(this.#end("flush", this.#history.end));
    return events;
  }

  #takeFrame(): EndpointerEvent[] {
    if (!this.#isCalibrating) return this.#judgeNext();
    this.#detector.calibrate(this.#history.slice(this.#position, this.#position + FRAME_SAMPLES));
    this.#position += FRAME_SAMPLES;
    return this.#position < toSamples(this.#settings.calibrationMs) ? [] : this.#endCalibration();
  }

  /** Judges the beginning of the stream, now that the floor is known. */
  #endCalibration(): EndpointerEvent[] {
    this.#isCalibrating = false;
    this.#position = 0;
    const events: EndpointerEvent[] = [];
    while (this.#position + FRAME_SAMPLES <= this.#history.end) events.push(...this.#judgeNext());
    return events;
  }

  #judgeNext(): EndpointerEvent[] {
    const start = this.#position;
    this.#position += FRAME_SAMPLES;
    const activity = this.#activityOf(this.#history.slice(start, this.#position));
    return this.#utterance === undefined ? this.#begin(activity) : this.#continue(activity);
  }

  #activityOf(frame: Float32Array): VoiceActivityFrame {
    const { speechProbability, threshold } = this.#settings;
    if (speechProbability === undefined) return this.#detector.push(frame);
    const probability = speechProbability(frame);
    return {
      score: 2 * threshold * probability, // an utterance begins at a probability of one half
      aboveFloorDb: probability >= TUNING.holdShare / 2 ? TUNING.minLoudDb : 0,
    };
  }

  #begin({ score, aboveFloorDb }: VoiceActivityFrame): EndpointerEvent[] {
    if (aboveFloorDb >= TUNING.minLoudDb) {
      const start = this.#position - FRAME_SAMPLES;
      if (start - this.#lastLoud > toSamples(TUNING.maxPauseMs)) this.#loudSince = start;
      this.#lastLoud = this.#position;
    }
    if (score < this.#settings.threshold) return [];
    const earliest = this.#position - toSamples(TUNING.lookBackMs);
    const speechStart = Math.max(this.#loudSince, earliest, this.#lastEnd);
    const startSample = Math.max(speechStart - toSamples(this.#settings.preRollMs), this.#lastEnd);
    this.#utterance = { startSample, lastSpeech: this.#position };
    return [{ type: "speech-start", atSample: speechStart }];
  }

  #continue({ score, aboveFloorDb }: VoiceActivityFrame): EndpointerEvent[] {
    const { threshold, silenceMs, minUtteranceMs, maxUtteranceMs } = this.#settings;
    const utterance = this.#utterance!;
    const isSpeech = aboveFloorDb >= TUNING.minLoudDb && score >= TUNING.holdShare * threshold;
    if (isSpeech) utterance.lastSpeech = this.#position;
    const length = this.#position - utterance.startSample;
    if (length >= toSamples(maxUtteranceMs)) return [this.#end("max-length", this.#position)];
    const isSilent = this.#position - utterance.lastSpeech >= toSamples(silenceMs);
    if (!isSilent || length < toSamples(minUtteranceMs)) return [];
    return [this.#end("silence", utterance.lastSpeech + toSamples(this.#settings.preRollMs))];
  }

  #end(reason: "silence" | "max-length" | "flush", endSample: number): EndpointerEvent {
    const { startSample, lastSpeech } = this.#utterance!;
    this.#utterance = undefined;
    this.#lastEnd = Math.min(endSample, this.#history.end);
    this.#loudSince = this.#lastEnd;
    const cut = this.#cut(startSample, this.#lastEnd);
    return { type: "speech-end", atSample: lastSpeech, startSample, ...cut, reason };
  }

  #cut(start: number, end: number): { samples: Float32Array<ArrayBuffer>; gainDb: number } {
    const samples = this.#history.slice(start, end);
    return { samples, gainDb: this.#settings.normalize ? normalizeLevel(samples) : 0 };
  }
}
