import { NativeLog } from "./native-log.ts";
import { TracedSpan } from "./traced-span.ts";

/** Names outlive their calls, because the native log refers to the latest calls by id. */
const MAX_NAMES = 10_000;

/** One worker: the calls that the main thread makes to it, and its calls into native code. */
export class TracedWorker {
  readonly name: string;
  /** The process id of a worker process; undefined for a thread. */
  readonly pid: number | undefined;
  /** A worker thread writes it directly; for a worker process the main thread fills it from messages. */
  readonly native: NativeLog = new NativeLog();
  readonly #names = new Map<number, string>();
  readonly #calls = new Map<number, TracedSpan>();
  readonly #add: (span: TracedSpan) => void;
  readonly #onEnd: (worker: TracedWorker) => void;

  constructor(
    name: string,
    options: {
      readonly pid: number | undefined;
      readonly add: (span: TracedSpan) => void;
      readonly onEnd: (worker: TracedWorker) => void;
    },
  ) {
    this.name = name;
    this.pid = options.pid;
    this.#add = options.add;
    this.#onEnd = options.onEnd;
  }

  /** Records that a call was handed to the worker. */
  beginCall(id: number, name: string): void {
    this.#names.set(id, name);
    this.#names.delete(id - MAX_NAMES);
    const span = new TracedSpan({ track: `${this.name}: calls`, category: "call", name });
    this.#calls.set(id, span);
    this.#add(span);
  }

  endCall(id: number, outcome: string): void {
    this.#calls.get(id)?.end({ outcome });
    this.#calls.delete(id);
  }

  /** Records the end of the thread or process, which ends every pending call. */
  end(): void {
    for (const id of this.#calls.keys()) this.endCall(id, "the worker ended");
    this.#onEnd(this);
  }

  /** @param nowMs the end of calls that still run */
  nativeSpans(nowMs: number): TracedSpan[] {
    return this.native.read().map(({ callId, beganMs, endedMs }) => {
      const isOver = endedMs !== undefined;
      return new TracedSpan({
        track: `${this.name}: native code`,
        category: "native",
        name: this.#names.get(callId) ?? "release",
        pid: this.pid,
        beganMs: beganMs - performance.timeOrigin,
        endedMs: isOver ? endedMs - performance.timeOrigin : nowMs,
        details: isOver ? {} : { outcome: "still inside" },
      });
    });
  }
}
