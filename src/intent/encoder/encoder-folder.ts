import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { EarshotError } from "../../errors.ts";

/** Paths where exporters put the graph. */
const GRAPHS = ["model.onnx", path.join("onnx", "model.onnx")];

/** A user's sentence encoder: graph and tokenizer in the layout of Hugging Face exports. */
export type EncoderFolder = {
  readonly dir: string;
  /** Path of the ONNX file. */
  readonly graph: string;
  readonly tokenizer: Tokenizer;
};

/**
 * Finds model.onnx (or onnx/model.onnx) and reads tokenizer.json, and tokenizer_config.json when there is one.
 * @throws EarshotError MODEL_INVALID naming what is missing
 */
export function openEncoderFolder(dir: string): EncoderFolder {
  const graph = GRAPHS.map((name) => path.join(dir, name)).find((file) => existsSync(file));
  if (graph === undefined) throw notAnEncoder(dir, `${GRAPHS.join(" or ")} is missing`);
  const json = readJson(dir, "tokenizer.json");
  const hasConfig = existsSync(path.join(dir, "tokenizer_config.json"));
  const config = hasConfig ? readJson(dir, "tokenizer_config.json") : {};
  try {
    return { dir, graph, tokenizer: new Tokenizer(json, config) };
  } catch (cause) {
    throw notAnEncoder(dir, "tokenizer.json does not describe a tokenizer", cause);
  }
}

/** The error for whatever is wrong with such a folder. */
export function notAnEncoder(dir: string, what: string, cause?: unknown): EarshotError {
  const message = `${dir} is not a sentence encoder: ${what}. docs/intents.md says what must be in it.`;
  return new EarshotError("MODEL_INVALID", message, cause === undefined ? {} : { cause });
}

function readJson(dir: string, name: string): object {
  let text: string;
  try {
    text = readFileSync(path.join(dir, name), "utf8");
  } catch (cause) {
    throw notAnEncoder(dir, `${name} is missing`, cause);
  }
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json;
    throw new TypeError("it is not an object");
  } catch (cause) {
    throw notAnEncoder(dir, `${name} is not JSON`, cause);
  }
}
