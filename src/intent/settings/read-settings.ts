import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../base/package-root.ts";
import { EarshotError } from "../../errors.ts";
import { ALIGNMENT_RANGES } from "./alignment-settings.ts";
import { DECISION_RANGES } from "./decision-settings.ts";
import { EXAMPLE_RANGES } from "./example-settings.ts";
import type { IntentSettings } from "./intent-settings.ts";
import type { Range, Ranges, SettingsOf } from "./range.ts";
import { WORD_RANGES } from "./word-settings.ts";

/** The settings that the package comes with. */
export const INTENT_SETTINGS_FILE: string = path.join(PACKAGE_ROOT, "models", "intent.json");

/**
 * Reads the settings of the package, or those of another file.
 * @throws EarshotError MODEL_INVALID naming the file, and the field that is missing, unknown or out of its range
 */
export function readIntentSettings(file: string = INTENT_SETTINGS_FILE): IntentSettings {
  const { words, alignment, decision, examples, ...unknown } = sectionsOf(file);
  const [surplus] = Object.keys(unknown);
  if (surplus !== undefined) throw invalid(file, `the section "${surplus}" is unknown`);
  return {
    words: toSection(file, "words", words, WORD_RANGES),
    alignment: toSection(file, "alignment", alignment, ALIGNMENT_RANGES),
    decision: toSection(file, "decision", decision, DECISION_RANGES),
    examples: toSection(file, "examples", examples, EXAMPLE_RANGES),
  };
}

function sectionsOf(file: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw invalid(file, "the file is missing or not JSON", cause);
  }
  if (!isRecord(json)) throw invalid(file, "the file holds no object");
  return json;
}

function toSection<R extends Ranges>(
  file: string,
  name: string,
  section: unknown,
  ranges: R,
): SettingsOf<R> {
  if (!isRecord(section)) throw invalid(file, `the section "${name}" is missing`);
  for (const [field, range] of Object.entries(ranges)) {
    const problem = problemOf(section[field], range);
    if (problem !== undefined) throw invalid(file, `${name}.${field} ${problem}`);
  }
  if (!hasOnly(section, ranges)) {
    const unknown = Object.keys(section).find((field) => !Object.hasOwn(ranges, field));
    throw invalid(file, `${name}.${unknown} is unknown`);
  }
  return section;
}

function problemOf(value: unknown, [min, max, whole]: Range): string | undefined {
  if (value === undefined) return "is missing";
  const isFit = typeof value === "number" && value >= min && value <= max;
  if (isFit && (whole === undefined || Number.isInteger(value))) return undefined;
  const kind = whole === undefined ? "a number" : "a whole number";
  return `must be ${kind} from ${min} to ${max}, not ${JSON.stringify(value)}`;
}

/** Whether the section, whose fields have been checked, has no others. */
function hasOnly<R extends Ranges>(
  section: Readonly<Record<string, unknown>>,
  ranges: R,
): section is SettingsOf<R> {
  return Object.keys(section).every((field) => Object.hasOwn(ranges, field));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(file: string, problem: string, cause?: unknown): EarshotError {
  const message = `${file} does not hold the settings of intents: ${problem}. Reinstall earshot, or restore the file.`;
  return new EarshotError("MODEL_INVALID", message, cause === undefined ? {} : { cause });
}
