import { RECORDER_NAMES } from "../audio/recorders.ts";
import { LANGUAGES, type Language } from "../language.ts";

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** What a timer of Node can wait for: a little over 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Of the endpointer. */
const LONGEST_SILENCE_MS = 60_000;

/** "500ms", "2s", "1.5m", "1h" → milliseconds. */
export function parseDurationMs(text: string, longestMs = LONGEST_TIMER_MS): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text.trim()) ?? [];
  const unitMs = UNIT_MS.get(unit);
  if (unitMs === undefined) {
    throw new RangeError(`"${text}" is not a duration such as 500ms, 30s or 2m`);
  }
  const ms = Number(amount) * unitMs;
  if (ms > longestMs) throw new RangeError(`"${text}" is longer than ${describeMs(longestMs)}`);
  return ms;
}

/** The silence that ends an utterance, ms. */
export function parseSilenceMs(text: string): number {
  return parseDurationMs(text, LONGEST_SILENCE_MS);
}

function describeMs(ms: number): string {
  return ms < 120_000 ? `${ms / 1000}s` : `${Math.floor(ms / 3_600_000)}h`;
}

export function parseRecorder(text: string): string {
  if (RECORDER_NAMES.some((name) => name === text)) return text;
  throw new RangeError(`"${text}" is none of ${RECORDER_NAMES.join(", ")}`);
}

export function parseLanguage(text: string): Language {
  const found = LANGUAGES.find((language) => language === text);
  if (found === undefined) throw new RangeError(`"${text}" is none of ${LANGUAGES.join(", ")}`);
  return found;
}

export function parsePercentage(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 100)) {
    throw new RangeError(`"${text}" is not a number from 0 to 100`);
  }
  return value;
}

export function parseText(text: string): string {
  if (text.trim() === "") throw new RangeError("it is empty");
  return text;
}

export function parseFlag(text: string): boolean {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  if (/^(false|no|off|0)$/i.test(text)) return false;
  throw new RangeError(`"${text}" is neither true nor false`);
}
