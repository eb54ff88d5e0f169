import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

const BYTES_PER_MB = 1_048_576;
/** The first runs load modules and warm up caches, so they are ignored. */
const WARM_UP_RUNS = 3;
/** Two halves of two runs each are the least that shows a trend. */
const MIN_RUNS = 4;

/** Measures the memory after each run of a repeated test, each time after a garbage collection. */
export class MemoryGrowth {
  readonly #samplesMb = new Map<string, number[]>();

  /** Measures the whole process with its native code, or, in a pool of threads, this thread's JavaScript only. */
  sample(test: string): void {
    const samples = this.#samplesMb.get(test) ?? [];
    this.#samplesMb.set(test, samples);
    collectGarbage();
    const { rss, heapUsed, external } = process.memoryUsage();
    samples.push((isMainThread ? rss : heapUsed + external) / BYTES_PER_MB);
  }

  /** One line for each test whose memory grew steadily, by more than `limitMb` after its warm-up. */
  warnings(limitMb: number): string[] {
    return [...this.#samplesMb].flatMap(([test, samples]) => {
      const settled = samples.slice(WARM_UP_RUNS);
      if (settled.length < MIN_RUNS) return [];
      const growthMb = settled.at(-1)! - settled[0]!;
      const isSteady = Math.min(...lastHalf(settled)) > Math.max(...firstHalf(settled));
      if (!isSteady || growthMb <= limitMb) return [];
      const perRun = (growthMb / (settled.length - 1)).toFixed(1);
      return [`memory grew by ${perRun} MB with each of ${samples.length} runs of "${test}"`];
    });
  }
}

function firstHalf(values: readonly number[]): readonly number[] {
  return values.slice(0, Math.floor(values.length / 2));
}

function lastHalf(values: readonly number[]): readonly number[] {
  return values.slice(Math.floor(values.length / 2));
}

let gc: (() => void) | undefined;

function collectGarbage(): void {
  if (gc === undefined) {
    setFlagsFromString("--expose-gc");
    const exposed: unknown = runInNewContext("gc");
    gc =
      typeof exposed === "function" ? () => void Reflect.apply(exposed, undefined, []) : () => {};
  }
  gc();
}
