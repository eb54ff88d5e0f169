import { RECORDER_NAMES } from "../../audio/microphone/recorders.ts";
import { parseDurationMs } from "../../base/duration.ts";
import { LANGUAGES, type Language } from "../../languages/language.ts";

/** The longest silence that the endpointer accepts. */
const MAX_SILENCE_MS = 60_000;

/** The silence that ends an utterance, ms. */
export function parseSilenceMs(text: string): number {
  return parseDurationMs(text, MAX_SILENCE_MS);
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

/** "wake=mpc pause": the type of an event, "listen" or "done", and a command line. */
export function parseHook(text: string): string {
  if (/^[a-z-]+=./.test(text)) return text;
  throw new RangeError(`"${text}" is not of the form event=command, such as "wake=mpc pause"`);
}
