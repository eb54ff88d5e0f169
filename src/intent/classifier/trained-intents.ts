import { EarshotError } from "../../errors.ts";
import type { Native } from "../../workers/serve.ts";
import type { Calibration } from "./calibrate.ts";
import { type Guess, type Guesser, toGuesses } from "./guess.ts";
import type { LinearClassifier } from "./linear-classifier.ts";
import { toOnnx } from "./onnx-graph.ts";
import { countFeatures } from "./text-features.ts";

type Runtime = typeof import("onnxruntime-node");
type Session = import("onnxruntime-node").InferenceSession;

/** A classifier in onnxruntime. Lives in the intent worker; every native touch goes through the gate. */
export class TrainedIntents implements Guesser {
  readonly #runtime: Runtime;
  readonly #session: Session;
  readonly #classifier: LinearClassifier;
  readonly #calibration: Calibration;

  private constructor(
    runtime: Runtime,
    session: Session,
    classifier: LinearClassifier,
    calibration: Calibration,
  ) {
    this.#runtime = runtime;
    this.#session = session;
    this.#classifier = classifier;
    this.#calibration = calibration;
  }

  /** @throws EarshotError MODEL_LOAD_FAILED when onnxruntime cannot be loaded */
  static async load(
    classifier: LinearClassifier,
    calibration: Calibration,
    native: Native,
  ): Promise<TrainedIntents> {
    const bytes = toOnnx(classifier);
    return native(async () => {
      try {
        const runtime = await import("onnxruntime-node");
        const session = await runtime.InferenceSession.create(bytes, {
          intraOpNumThreads: 1,
          interOpNumThreads: 1,
          executionProviders: ["cpu"],
          logSeverityLevel: 3,
        });
        return new TrainedIntents(runtime, session, classifier, calibration);
      } catch (cause) {
        const message = 'onnxruntime cannot load the trained intents; run "earshot doctor"';
        throw new EarshotError("MODEL_LOAD_FAILED", message, { cause });
      }
    });
  }

  /** Best first. */
  async guess(text: string, native: Native): Promise<Guess[]> {
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
    return toGuesses(labels, scores, this.#calibration);
  }

  /** Frees the session; to be called once, with no run under way. */
  async release(native: Native): Promise<void> {
    await native(() => this.#session.release());
  }
}
