import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { EarshotError } from "../errors.ts";
import { LANGUAGES, type Language } from "../languages/language.ts";
import { EMBEDDED_MODEL } from "../base/package-root.ts";

/** What model.json says. */
export type ModelCard = {
  readonly name: string;
  readonly version: string;
  readonly languages: readonly Language[];
  /** File name of the ONNX graph. */
  readonly graph: string;
  readonly sampleRateHz: 16_000;
  /** Milliseconds between the frames that the graph puts out. */
  readonly frameMs: number;
  /** Audio shorter than this is to be padded. */
  readonly minimumSamples: number;
  /** CTC blank first. */
  readonly phones: readonly string[];
};

export type ModelFolder = { readonly dir: string; readonly card: ModelCard };

/** The folder of a model: "embedded" is the one that comes with this package, anything else a path. */
export function findModel(model: string): string {
  return model === "embedded" ? EMBEDDED_MODEL : path.resolve(model);
}

/**
 * Reads and checks model.json, and that the graph is there.
 * @throws EarshotError MODEL_INVALID naming what is missing
 */
export async function openModelFolder(dir: string): Promise<ModelFolder> {
  const file = path.join(dir, "model.json");
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw invalid(dir, "model.json cannot be read", cause);
  });
  const card = toCard(dir, text);
  if (!existsSync(path.join(dir, card.graph))) throw invalid(dir, `${card.graph} is missing`);
  return { dir, card };
}

function toCard(dir: string, text: string): ModelCard {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(dir, "model.json is not JSON", cause);
  }
  const fields = new Map(Object.entries(typeof json === "object" && json !== null ? json : {}));
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
    return value.map(String);
  };
  const graph = textOf("graph");
  if (path.basename(graph) !== graph) throw invalid(dir, `"graph" must be a file name: ${graph}`);
  const sampleRateHz = numberOf("sampleRateHz");
  if (sampleRateHz !== 16_000) throw invalid(dir, `"sampleRateHz" must be 16000: ${sampleRateHz}`);
  const frameMs = numberOf("frameMs");
  if (!(frameMs >= 20 && frameMs <= 80)) {
    throw invalid(dir, `"frameMs" must be from 20 to 80: ${frameMs}`);
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
    phones: listOf("phones"),
  };
}

function invalid(dir: string, what: string, cause?: unknown): EarshotError {
  const message = `${dir} is not a speech model: ${what}. Give "embedded" or the folder of a model.`;
  return new EarshotError("MODEL_INVALID", message, cause === undefined ? {} : { cause });
}
