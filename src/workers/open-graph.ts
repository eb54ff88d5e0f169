import type { InferenceSession } from "onnxruntime-node";
import { EarshotError } from "../errors.ts";
import type { Native } from "./serve.ts";

export type { InferenceSession };
export type Runtime = typeof import("onnxruntime-node");

/** A graph in onnxruntime, and the module that made it: its tensors come from there. */
export type OpenGraph = {
  readonly runtime: Runtime;
  /** To be released once, inside the gate, with no run under way. */
  readonly session: InferenceSession;
};

/**
 * Loads onnxruntime and a graph, on one thread: the worker's own.
 * @param trouble what to tell, and advise, when that fails
 * @throws EarshotError MODEL_LOAD_FAILED with `trouble`
 */
export function openGraph(graph: Uint8Array, native: Native, trouble: string): Promise<OpenGraph> {
  return native(async () => {
    try {
      const runtime = await import("onnxruntime-node");
      const session = await runtime.InferenceSession.create(graph, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionProviders: ["cpu"],
        logSeverityLevel: 3,
      });
      return { runtime, session };
    } catch (cause) {
      throw new EarshotError("MODEL_LOAD_FAILED", trouble, { cause });
    }
  });
}
