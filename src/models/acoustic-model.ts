import { readFile } from "node:fs/promises";
import path from "node:path";
import { EarshotError } from "../errors.ts";
import { type InferenceSession, openGraph, type Runtime } from "../workers/open-graph.ts";
import type { Native } from "../workers/serve.ts";
import type { Posteriors } from "./posteriors.ts";
import type { ModelFolder } from "./model-folder.ts";

/** A speech graph in onnxruntime. It lives in a worker; every native call goes through the gate (`native`). */
export class AcousticModel {
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #folder: ModelFolder;

  private constructor(runtime: Runtime, session: InferenceSession, folder: ModelFolder) {
    this.#runtime = runtime;
    this.#session = session;
    this.#folder = folder;
  }

  /**
   * @throws EarshotError MODEL_LOAD_FAILED if onnxruntime or the graph cannot be loaded, MODEL_INVALID if the graph is
   * not a speech graph
   */
  static async load(folder: ModelFolder, native: Native): Promise<AcousticModel> {
    const file = path.join(folder.dir, folder.card.graph);
    const bytes = await readFile(file);
    const trouble = `onnxruntime cannot load ${file}; run "earshot doctor", or reinstall the model`;
    const { runtime, session } = await openGraph(bytes, native, trouble);
    const model = new AcousticModel(runtime, session, folder);
    const missing = ["logProbs", "energyDb"].filter((name) => !session.outputNames.includes(name));
    if (!session.inputNames.includes("pcm")) missing.push("pcm");
    if (missing.length > 0) {
      await model.release(native);
      const message = `${file} is not a speech graph: it lacks ${missing.join(", ")}`;
      throw new EarshotError("MODEL_INVALID", message);
    }
    return model;
  }

  /** Time between two frames, ms. */
  get frameMs(): number {
    return this.#folder.card.frameMs;
  }

  /**
   * Runs the graph in one native call. Callers keep it short: they cut audio at 15 s.
   * @param samples mono, 16 kHz, −1…1; copied, and padded with silence to the model's minimum
   * @throws EarshotError RECOGNITION_FAILED if the graph fails or its outputs are not float32
   */
  async run(samples: Float32Array, native: Native): Promise<Posteriors> {
    const { minimumSamples, phones } = this.#folder.card;
    const pcm = new Float32Array(Math.max(samples.length, minimumSamples));
    pcm.set(samples);
    const outputs = await native(async () => {
      const tensor = new this.#runtime.Tensor("float32", pcm, [1, pcm.length]);
      try {
        const { logProbs, energyDb } = await this.#session.run({ pcm: tensor });
        return { logProbs: logProbs?.data, energyDb: energyDb?.data };
      } catch (cause) {
        throw new EarshotError("RECOGNITION_FAILED", "The speech model failed on this audio", {
          cause,
        });
      }
    });
    const { logProbs, energyDb } = outputs;
    if (!(logProbs instanceof Float32Array) || !(energyDb instanceof Float32Array)) {
      throw new EarshotError(
        "RECOGNITION_FAILED",
        "The speech model's outputs are not float32 tensors",
      );
    }
    return { frames: logProbs.length / phones.length, phones: phones.length, logProbs, energyDb };
  }

  /** Frees the session. Called once, while no run is in progress. */
  async release(native: Native): Promise<void> {
    await native(() => this.#session.release());
  }
}
