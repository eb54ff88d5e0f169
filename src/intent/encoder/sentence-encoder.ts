import { readFile } from "node:fs/promises";
import { type InferenceSession, openGraph, type Runtime } from "../../workers/open-graph.ts";
import type { Native } from "../../workers/serve.ts";
import { type EncoderFolder, notAnEncoder, openEncoderFolder } from "./encoder-folder.ts";

/** The part of a tokenizer's output that encoders use. */
type Encoding = { readonly ids: readonly number[]; readonly token_type_ids: readonly number[] };

/** Inputs that an encoder may have; all int64 [1, tokens]. */
const INPUTS = ["input_ids", "attention_mask", "token_type_ids"] as const;
/** Outputs that are used if the graph has them, in this order; otherwise its first output. */
const PREFERRED = ["sentence_embedding", "last_hidden_state"] as const;
/** Bounds one run of the graph: longer texts are no commands and are cut. */
const MAX_TOKENS = 128;

/** A user's sentence encoder in onnxruntime. Lives in the intent worker; every native call goes through the gate. */
export class SentenceEncoder {
  readonly #folder: EncoderFolder;
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #output: string;

  private constructor(folder: EncoderFolder, runtime: Runtime, session: InferenceSession) {
    this.#folder = folder;
    this.#runtime = runtime;
    this.#session = session;
    this.#output =
      PREFERRED.find((name) => session.outputNames.includes(name)) ?? session.outputNames[0] ?? "";
  }

  /** @throws EarshotError MODEL_INVALID if the folder is no encoder, MODEL_LOAD_FAILED if onnxruntime refuses the graph */
  static async load(dir: string, native: Native): Promise<SentenceEncoder> {
    const folder = openEncoderFolder(dir);
    const bytes = await readFile(folder.graph);
    const trouble = `onnxruntime cannot load ${folder.graph}: it is broken, or needs a newer onnxruntime`;
    const { runtime, session } = await openGraph(bytes, native, trouble);
    const encoder = new SentenceEncoder(folder, runtime, session);
    try {
      encoder.#assertInputs();
      await encoder.encode("ok", native);
    } catch (error) {
      await encoder.release(native);
      throw error;
    }
    return encoder;
  }

  /**
   * The vector of a sentence, of length 1: the graph's vector of the whole, or the mean over its tokens.
   * @throws EarshotError MODEL_INVALID if the graph has neither, or fails
   */
  async encode(text: string, native: Native): Promise<Float32Array> {
    const { dir, tokenizer } = this.#folder;
    const encoding: Encoding = tokenizer.encode(text, { return_token_type_ids: true });
    const ids = encoding.ids.slice(0, MAX_TOKENS);
    if (ids.length === 0) throw notAnEncoder(dir, `its tokenizer finds no token in "${text}"`);
    const mask = ids.map(() => 1);
    const types = ids.map((_, i) => encoding.token_type_ids[i] ?? 0);
    const values = { input_ids: ids, attention_mask: mask, token_type_ids: types };
    const output = await native(async () => {
      const feeds = Object.fromEntries(
        INPUTS.filter((name) => this.#session.inputNames.includes(name)).map((name) => [
          name,
          new this.#runtime.Tensor("int64", BigInt64Array.from(values[name], BigInt), [
            1,
            ids.length,
          ]),
        ]),
      );
      try {
        const { [this.#output]: tensor } = await this.#session.run(feeds);
        return { data: tensor?.data, dims: tensor?.dims ?? [] };
      } catch (cause) {
        throw notAnEncoder(dir, `its graph failed: ${firstLine(cause)}`, cause);
      }
    });
    return this.#toVector(output.data, output.dims, ids.length);
  }

  /** Frees the session; call it once, with no run under way. */
  async release(native: Native): Promise<void> {
    await native(() => this.#session.release());
  }

  #assertInputs(): void {
    const { dir } = this.#folder;
    const { inputNames } = this.#session;
    const unknown = inputNames.find((name) => !INPUTS.some((known) => known === name));
    if (unknown !== undefined)
      throw notAnEncoder(dir, `its graph asks for "${unknown}", not only for ${INPUTS.join(", ")}`);
    if (!inputNames.includes("input_ids"))
      throw notAnEncoder(dir, 'its graph takes no "input_ids"');
  }

  #toVector(data: unknown, dims: readonly number[], tokens: number): Float32Array {
    const [batch, ...shape] = dims;
    const size = shape.at(-1) ?? 0;
    const isWhole = shape.length === 1;
    const isPerToken = shape.length === 2 && shape[0] === tokens;
    if (!(data instanceof Float32Array) || batch !== 1 || size === 0 || !(isWhole || isPerToken)) {
      const what = `"${this.#output}" of its graph is not float32 [1, size] or [1, tokens, size] but [${dims.join(", ")}]`;
      throw notAnEncoder(this.#folder.dir, what);
    }
    const sum = new Float32Array(size);
    data.forEach((value, i) => (sum[i % size] = sum[i % size]! + value));
    const length = Math.hypot(...sum) || 1;
    return sum.map((value) => value / length);
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
