import type { InferenceSession } from "onnxruntime-node";
import { EarshotError } from "../errors.ts";
import type { Native } from "./serve.ts";

export type { InferenceSession };
/** The module onnxruntime-node, which is loaded on demand. */
export type Runtime = typeof import("onnxruntime-node");

/** A graph in onnxruntime, and the module that made it, which also makes its tensors. */
export type OpenGraph = {
  readonly runtime: Runtime;
  /** Release it once, inside the gate, while no run is in flight. */
  readonly session: InferenceSession;
};

/**
 * Loads onnxruntime and a graph, which runs on the calling thread alone.
 * @param trouble the message of the error when loading fails, with advice
 * @throws EarshotError MODEL_LOAD_FAILED with `trouble`; CONTEXT_CLOSED when the worker is being closed
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
