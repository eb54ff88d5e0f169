import { writeStderr, writeStderrLine } from "../base/stderr-line.ts";
import { isMainThread } from "node:worker_threads";
import { toChromeTrace } from "./chrome-events.ts";
import { toTree } from "./tree.ts";
import { Trace } from "./trace.ts";
import { writeTraceFile } from "./trace-file.ts";
import { traceTarget, type TraceTarget } from "./trace-target.ts";

/** Records the trace of this process and writes it where `EARSHOT_TRACE` points. */
class ActiveTrace extends Trace {
  readonly #target: TraceTarget;
  #isFinished = false;
  #hasReportedFailure = false;

  constructor(target: TraceTarget) {
    super();
    this.#target = target;
  }

  /** Writes the trace so far. Called before a step that may never return, after which nothing can be written. */
  save(ending: string): void {
    if (this.#target.kind === "file" && !this.#isFinished) this.#write(this.#target.file, ending);
  }

  /** Writes the whole trace as the last act of the process. Only the first call counts. Never throws. */
  finish(ending: string): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    if (this.#target.kind === "tree")
      writeStderr(`${toTree(this.snapshot(), ending).join("\n")}\n`);
    else if (this.#target.kind === "file") this.#write(this.#target.file, ending);
  }

  #write(file: string, ending: string): void {
    try {
      writeTraceFile(file, toChromeTrace(this.snapshot(), ending));
    } catch (error) {
      if (!this.#hasReportedFailure)
        writeStderrLine(`the trace cannot be written: ${String(error)}`);
      this.#hasReportedFailure = true;
    }
  }
}

export type { ActiveTrace };

/** Undefined unless `EARSHOT_TRACE` is set. Two copies of this package in one process share one trace. */
export const trace: ActiveTrace | undefined = activeTrace();

function activeTrace(): ActiveTrace | undefined {
  const target = traceTarget();
  if (target === undefined || !isMainThread) return undefined;
  if (target.kind === "invalid") {
    writeStderrLine(`${target.problem}; nothing is traced`);
    return undefined;
  }
  const key = Symbol.for("earshot.trace.1");
  const known: ActiveTrace | undefined = Reflect.get(globalThis, key);
  if (known !== undefined) return known;
  const active = new ActiveTrace(target);
  Object.defineProperty(globalThis, key, { value: active });
  return active;
}
