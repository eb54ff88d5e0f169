import { BoundedLog } from "./bounded-log.ts";
import { TracedLife } from "./traced-life.ts";
import { TracedSpan, type SpanDetails } from "./traced-span.ts";
import { TracedWorker } from "./traced-worker.ts";

/** One moment: a signal received or sent, or an uncaught error. */
export type TracedInstant = {
  readonly name: string;
  readonly atMs: number;
  readonly endedMs: number;
  readonly details: SpanDetails;
};

const PROCESS_TRACK = "process";
const CHILD_TRACK = "child processes";

/** Records what a process holds, does and releases. Keeps the latest items only, so memory stays bounded. */
export class Trace {
  readonly #lives = new BoundedLog<TracedLife>();
  readonly #spans = new BoundedLog<TracedSpan>();
  readonly #instants = new BoundedLog<TracedInstant>();
  readonly #workers = new Set<TracedWorker>();
  #droppedNative = 0;

  /** Records that something is held as of this call. */
  hold(
    name: string,
    options: { phase: string; isScope: boolean; parent: TracedLife | undefined },
  ): TracedLife {
    const life = new TracedLife(name, options);
    this.#lives.add(life);
    return life;
  }

  /** Records a step in the shutdown of the process. */
  step(name: string, category: "end" | "fallback" = "end", details: SpanDetails = {}): TracedSpan {
    return this.#begin({ track: PROCESS_TRACK, category, name, details });
  }

  child(name: string, pid: number): TracedSpan {
    return this.#begin({ track: CHILD_TRACK, category: "child", name, details: { pid } });
  }

  /** @param pid the process id of a worker that runs in its own process */
  worker(name: string, pid?: number): TracedWorker {
    const worker = new TracedWorker(name, {
      pid,
      add: (span) => this.#spans.add(span),
      onEnd: (ended) => this.#forgetWorker(ended),
    });
    this.#workers.add(worker);
    return worker;
  }

  instant(name: string, details: SpanDetails = {}): void {
    const atMs = performance.now();
    this.#instants.add({ name, atMs, endedMs: atMs, details });
  }

  /** A copy of the records so far, each kind in the order in which they began. */
  snapshot(): TraceSnapshot {
    const nowMs = performance.now();
    const native = [...this.#workers].flatMap((worker) => worker.nativeSpans(nowMs));
    return {
      nowMs,
      lives: [...this.#lives],
      spans: [...this.#spans, ...native].toSorted((a, b) => a.beganMs - b.beganMs),
      instants: [...this.#instants],
      dropped: this.#dropped(),
    };
  }

  #begin(options: ConstructorParameters<typeof TracedSpan>[0]): TracedSpan {
    const span = new TracedSpan(options);
    this.#spans.add(span);
    return span;
  }

  #forgetWorker(worker: TracedWorker): void {
    if (!this.#workers.delete(worker)) return;
    for (const span of worker.nativeSpans(performance.now())) this.#spans.add(span);
    this.#droppedNative += worker.native.dropped;
  }

  #dropped(): number {
    const inWorkers = [...this.#workers].reduce((sum, { native }) => sum + native.dropped, 0);
    const logs = this.#lives.dropped + this.#spans.dropped + this.#instants.dropped;
    return logs + this.#droppedNative + inWorkers;
  }
}

export type TraceSnapshot = {
  /** When the snapshot was taken, on the clock of `performance.now()`. */
  readonly nowMs: number;
  readonly lives: readonly TracedLife[];
  readonly spans: readonly TracedSpan[];
  readonly instants: readonly TracedInstant[];
  /** Number of older items that the trace dropped. */
  readonly dropped: number;
};
