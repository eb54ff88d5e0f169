import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";

export type EndpointerOptions = {
  /** Silence that ends an utterance, ms. @default 600 */
  readonly silenceMs?: number;
  /** Length below which silence does not end an utterance, ms. @default 1500 */
  readonly minUtteranceMs?: number;
  /** Length at which an utterance ends while speech goes on; the next one begins there, ms. @default 10000 */
  readonly maxUtteranceMs?: number;
  /** Sound before and after the speech that belongs to the utterance, ms. @default 300 */
  readonly preRollMs?: number;
  /** Beginning of the stream that sets the noise floor, ms. Speech in it is found once it is over. @default 2000 */
  readonly calibrationMs?: number;
  /** Whether utterances are scaled to a common level. @default true */
  readonly normalize?: boolean;
  /** Score of `VoiceActivity` that begins an utterance; a lower one finds fainter speech and more noise. @default 0.2 */
  readonly threshold?: number;
  /** Replaces the built-in detector. Returns the probability, 0…1, that a frame of 320 samples (20 ms) is speech. */
  readonly speechProbability?: (frame: Float32Array) => number;
};

const DEFAULTS = {
  silenceMs: 600,
  minUtteranceMs: 1_500,
  maxUtteranceMs: 10_000,
  preRollMs: 300,
  calibrationMs: 2_000,
  normalize: true,
  threshold: 0.2,
} as const satisfies EndpointerOptions;

const NAMES = { ...DEFAULTS, speechProbability: true } satisfies OptionNames<EndpointerOptions>;

/**
 * Adds the defaults to the options.
 *
 * @throws TypeError for an unknown option; RangeError for a value out of range
 */
export function endpointerSettings(
  options: EndpointerOptions,
): EndpointerOptions & Required<Omit<EndpointerOptions, "speechProbability">> {
  assertOptionNames("endpointing", options, NAMES);
  const settings = { ...DEFAULTS, ...options };
  for (const name of TIMES) {
    const ms = settings[name];
    if (!(ms >= 0 && ms <= MAX_TIME_MS)) {
      throw new RangeError(`${name} must be from 0 to ${MAX_TIME_MS} ms, not ${ms}`);
    }
  }
  if (!(settings.threshold >= 0)) {
    throw new RangeError(`threshold must be a number ≥ 0, not ${settings.threshold}`);
  }
  if (settings.maxUtteranceMs < Math.max(settings.minUtteranceMs, 100)) {
    throw new RangeError(
      `maxUtteranceMs must be at least 100 and at least minUtteranceMs (${settings.minUtteranceMs}), not ${settings.maxUtteranceMs}`,
    );
  }
  return settings;
}

/** Keeps the memory of an endpointer under 12 MB. */
const MAX_TIME_MS = 60_000;
const TIMES = [
  "silenceMs",
  "minUtteranceMs",
  "maxUtteranceMs",
  "preRollMs",
  "calibrationMs",
] as const;
