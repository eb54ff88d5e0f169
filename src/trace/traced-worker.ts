import { NativeLog } from "./native-log.ts";
import { TracedSpan } from "./traced-span.ts";

const NAMES_KEPT = 10_000;

/** One worker: the calls that it was asked, and its stays inside native code. */
export class TracedWorker {
  readonly name: string;
  /** Of a process of its own; undefined for a thread. */
  readonly pid: number | undefined;
  /** Shared with a thread; told by messages of a process. */
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

  /** A call was handed to the worker. */
  beginCall(id: number, name: string): void {
    this.#names.set(id, name);
    this.#names.delete(id - NAMES_KEPT);
    const span = new TracedSpan({ track: `${this.name}: calls`, category: "call", name });
    this.#calls.set(id, span);
    this.#add(span);
  }

  endCall(id: number, outcome: string): void {
    this.#calls.get(id)?.end({ outcome });
    this.#calls.delete(id);
  }

  /** The thread or process has ended, and what it was doing with it. */
  end(): void {
    for (const id of this.#calls.keys()) this.endCall(id, "the worker ended");
    this.#onEnd(this);
  }

  /** @param nowMs what lasts still has lasted until then */
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
