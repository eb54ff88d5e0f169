import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { EarshotError } from "../errors.ts";
import { LANGUAGES, type Language } from "../languages/language.ts";
import { EMBEDDED_MODEL } from "../base/package-root.ts";
import { DECISION_RANGES, type DecisionSettings } from "./decision-settings.ts";
import { conflictIn, DECODING_RANGES, type DecodingSettings } from "./decoding-settings.ts";
import { assertSettings } from "./assert-settings.ts";

/** The sections of model.json that were fitted to a network, and may be absent in a folder from elsewhere. */
type CalibrationSection = "decoding" | "decision";

/** Fitted numbers of a network. */
export type Calibration = {
  readonly decoding: DecodingSettings;
  readonly decision: DecisionSettings;
};

/** The contents of model.json. */
export type ModelCard = {
  readonly name: string;
  readonly version: string;
  readonly languages: readonly Language[];
  /** File name of the ONNX graph, in the same folder. */
  readonly graph: string;
  /** Rate of the graph's input, Hz. */
  readonly sampleRateHz: 16_000;
  /** Time between two output frames, ms, 20…80. */
  readonly frameMs: number;
  /** Length that shorter input is padded to with silence, samples. */
  readonly minimumSamples: number;
  /** IPA symbols of the output classes, in their order; the CTC blank first. */
  readonly phones: readonly string[];
  readonly calibration: Calibration;
  /** Sections that model.json lacks; `calibration` has the embedded model's values in their place. */
  readonly uncalibrated: readonly CalibrationSection[];
};

/** A folder on disk with its checked model.json. */
export type ModelFolder = { readonly dir: string; readonly card: ModelCard };

/** The folder of a model: "embedded" is the one that comes with this package, anything else a path. */
export function findModel(model: string): string {
  return model === "embedded" ? EMBEDDED_MODEL : path.resolve(model);
}

/**
 * Reads and checks model.json, and that the graph is there.
 * @throws EarshotError MODEL_INVALID naming the field or file that is missing or wrong
 */
export async function openModelFolder(dir: string): Promise<ModelFolder> {
  const fields = await readFields(dir);
  const card = { ...toCard(dir, fields), ...(await calibrationOf(dir, fields)) };
  if (!existsSync(path.join(dir, card.graph))) throw invalid(dir, `${card.graph} is missing`);
  return { dir, card };
}

type Fields = ReadonlyMap<string, unknown>;

/** The CTC blank in a list of phones. */
const BLANK = "_";

async function readFields(dir: string): Promise<Fields> {
  const file = path.join(dir, "model.json");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw invalid(dir, "model.json cannot be read", cause);
  });
  try {
    const json: unknown = JSON.parse(text);
    return new Map(Object.entries(typeof json === "object" && json !== null ? json : {}));
  } catch (cause) {
    throw invalid(dir, "model.json is not JSON", cause);
  }
}

async function calibrationOf(
  dir: string,
  fields: Fields,
): Promise<Pick<ModelCard, "calibration" | "uncalibrated">> {
  const uncalibrated = (["decoding", "decision"] as const).filter((name) => !fields.has(name));
  const source = uncalibrated.length > 0 ? await readFields(EMBEDDED_MODEL) : fields;
  const fail = (what: string): EarshotError => invalid(dir, what);
  const sectionOf = (name: CalibrationSection): unknown =>
    fields.has(name) ? fields.get(name) : source.get(name);
  const [decoding, decision] = [sectionOf("decoding"), sectionOf("decision")];
  assertSettings("decoding", DECODING_RANGES, decoding, fail);
  assertSettings("decision", DECISION_RANGES, decision, fail);
  const conflict = conflictIn(decoding);
  if (conflict !== undefined) throw fail(`${conflict} in model.json`);
  return { calibration: { decoding, decision }, uncalibrated };
}

function toCard(dir: string, fields: Fields): Omit<ModelCard, "calibration" | "uncalibrated"> {
  const textOf = (key: string): string => {
    const value: unknown = fields.get(key);
    if (typeof value !== "string" || value === "") throw invalid(dir, `model.json has no "${key}"`);
    return value;
  };
  const numberOf = (key: string, fallback?: number): number => {
    const value: unknown = fields.get(key) ?? fallback;
    if (typeof value !== "number" || !(value > 0)) {
      throw invalid(dir, `"${key}" in model.json is not a number above 0`);
    }
    return value;
  };
  const listOf = (key: string): string[] => {
    const value: unknown = fields.get(key);
    if (!Array.isArray(value) || value.length === 0) {
      throw invalid(dir, `model.json has no list "${key}"`);
    }
    if (!value.every((item) => typeof item === "string")) {
      throw invalid(dir, `"${key}" in model.json must hold texts only`);
    }
    return value;
  };
  const graph = textOf("graph");
  if (path.basename(graph) !== graph) throw invalid(dir, `"graph" must be a file name: ${graph}`);
  const sampleRateHz = numberOf("sampleRateHz");
  if (sampleRateHz !== 16_000) throw invalid(dir, `"sampleRateHz" must be 16000: ${sampleRateHz}`);
  const frameMs = numberOf("frameMs");
  if (!(frameMs >= 20 && frameMs <= 80)) {
    throw invalid(dir, `"frameMs" must be from 20 to 80: ${frameMs}`);
  }
  const phones = listOf("phones");
  if (phones[0] !== BLANK) {
    throw invalid(dir, `"phones" in model.json must begin with the blank "${BLANK}"`);
  }
  const named = listOf("languages");
  return {
    name: textOf("name"),
    version: textOf("version"),
    languages: LANGUAGES.filter((language) => named.includes(language)),
    graph,
    sampleRateHz,
    frameMs,
    minimumSamples: numberOf("minimumSamples", 1),
    phones,
  };
}

function invalid(dir: string, what: string, cause?: unknown): EarshotError {
  const message = `${dir} is not a speech model: ${what}. Give "embedded" or the folder of a model.`;
  return new EarshotError("MODEL_INVALID", message, cause === undefined ? {} : { cause });
}
