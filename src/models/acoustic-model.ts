import { readFile } from "node:fs/promises";
import path from "node:path";
import { EarshotError } from "../errors.ts";
import { type InferenceSession, openGraph, type Runtime } from "../workers/open-graph.ts";
import type { Native } from "../workers/serve.ts";
import type { Posteriors } from "./posteriors.ts";
import type { ModelFolder } from "./model-folder.ts";

/** A speech graph in onnxruntime. Lives in a worker thread; every native touch goes through the gate. */
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
   * @throws EarshotError MODEL_LOAD_FAILED when onnxruntime or the graph cannot be loaded, MODEL_INVALID
   * when the graph is not a speech graph
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

  /** Milliseconds between frames. */
  get frameMs(): number {
    return this.#folder.card.frameMs;
  }

  /**
   * One native call of about 2 ms per second of audio; callers cut what is longer than 15 s.
   * @param samples mono 16 kHz; padded with silence where the model needs more
   * @throws EarshotError RECOGNITION_FAILED
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
      throw new EarshotError("RECOGNITION_FAILED", "The speech model put out no float32 tensors");
    }
    return { frames: logProbs.length / phones.length, phones: phones.length, logProbs, energyDb };
  }

  /** Frees the session; to be called once, with no run under way. */
  async release(native: Native): Promise<void> {
    await native(() => this.#session.release());
  }
}
