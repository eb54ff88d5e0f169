import { type InferenceSession, openGraph, type Runtime } from "../../workers/open-graph.ts";
import type { Native } from "../../workers/serve.ts";
import type { Calibration } from "./calibrate.ts";
import type { ExampleSettings } from "../settings/example-settings.ts";
import { type PhraseClassifier, type Prediction, toPredictions } from "./prediction.ts";
import type { LinearClassifier } from "./linear-classifier.ts";
import { toOnnx } from "./onnx-graph.ts";
import { countFeatures } from "./text-features.ts";

/** A classifier in onnxruntime. Lives in the intent worker; every native call goes through the gate. */
export class TrainedIntents implements PhraseClassifier {
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #classifier: LinearClassifier;
  readonly #calibration: Calibration;
  readonly #settings: ExampleSettings;

  private constructor(
    runtime: Runtime,
    session: InferenceSession,
    classifier: LinearClassifier,
    calibration: Calibration,
    settings: ExampleSettings,
  ) {
    this.#runtime = runtime;
    this.#session = session;
    this.#classifier = classifier;
    this.#calibration = calibration;
    this.#settings = settings;
  }

  /** @throws EarshotError MODEL_LOAD_FAILED when onnxruntime cannot be loaded */
  static async load(
    classifier: LinearClassifier,
    calibration: Calibration,
    settings: ExampleSettings,
    native: Native,
  ): Promise<TrainedIntents> {
    const trouble = 'onnxruntime cannot load the trained intents; run "earshot doctor"';
    const { runtime, session } = await openGraph(toOnnx(classifier), native, trouble);
    return new TrainedIntents(runtime, session, classifier, calibration, settings);
  }

  async predict(text: string, native: Native): Promise<Prediction[]> {
    const { language, buckets, labels } = this.#classifier;
    const counted = countFeatures(text, language, buckets);
    if (counted.buckets.length === 0) return [];
    const scores = await native(async () => {
      const n = counted.buckets.length;
      const found = BigInt64Array.from(counted.buckets, BigInt);
      const { scores: output } = await this.#session.run({
        buckets: new this.#runtime.Tensor("int64", found, [n]),
        counts: new this.#runtime.Tensor("float32", counted.values, [n]),
      });
      return output?.data;
    });
    if (!(scores instanceof Float32Array)) throw new TypeError("the graph put out no scores");
    return toPredictions(labels, scores, this.#calibration, this.#settings);
  }

  async release(native: Native): Promise<void> {
    await native(() => this.#session.release());
  }
}
