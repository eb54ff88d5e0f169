// An inference session that is never released, whose threads therefore stay.
import path from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { test } from "vitest";

const model = path.resolve("node_modules/earshot/models/embedded/speech.onnx");

test("a native session", async () => {
  globalThis.session = await InferenceSession.create(model, { intraOpNumThreads: 3 });
});
