import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";

export type EndpointerOptions = {
  /** Silence that ends an utterance, ms. @default 600 */
  readonly silenceMs?: number;
  /** No utterance ends by silence before it is this long, ms. @default 1500 */
  readonly minUtteranceMs?: number;
  /** At this length an utterance ends although speech goes on; what follows is the next one, ms. @default 10000 */
  readonly maxUtteranceMs?: number;
  /** What is kept from before the speech, ms. @default 300 */
  readonly preRollMs?: number;
  /** The beginning of the stream from which the noise floor is learnt; speech in it is found at its end, ms. @default 2000 */
  readonly calibrationMs?: number;
  /** Whether utterances are brought to a common level. @default true */
  readonly normalize?: boolean;
  /** Score of `VoiceActivity` that begins an utterance; less hears fainter speech and more noise. @default 0.2 */
  readonly threshold?: number;
  /** Takes the place of the built-in detector: the probability, 0…1, that a frame of 320 samples is speech. */
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
 * The options with their defaults.
 * @throws TypeError for an option that is not known, RangeError for a value that no stream could meet
 */
export function endpointerSettings(
  options: EndpointerOptions,
): EndpointerOptions & Required<Omit<EndpointerOptions, "speechProbability">> {
  assertOptionNames("endpointing", options, NAMES);
  const settings = { ...DEFAULTS, ...options };
  for (const name of TIMES) {
    const ms = settings[name];
    if (!(ms >= 0 && ms <= LONGEST_MS)) {
      throw new RangeError(`${name} must be from 0 to ${LONGEST_MS} ms, not ${ms}`);
    }
  }
  if (!(settings.threshold >= 0)) {
    throw new RangeError(`threshold must be a number ≥ 0, not ${settings.threshold}`);
  }
  if (settings.maxUtteranceMs < Math.max(settings.minUtteranceMs, 100)) {
    throw new RangeError("maxUtteranceMs must be at least minUtteranceMs, and 100 ms");
  }
  return settings;
}

/** Keeps the memory of an endpointer under 12 MB. */
const LONGEST_MS = 60_000;
const TIMES = [
  "silenceMs",
  "minUtteranceMs",
  "maxUtteranceMs",
  "preRollMs",
  "calibrationMs",
] as const;
