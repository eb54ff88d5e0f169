import path from "node:path";
import { fileURLToPath } from "node:url";

/** Where something was acquired: kept as it was captured, and read only when it has to be told. */
export type Acquired = {
  /** "kitchen.test.ts:12:5", the first place outside of Node and Earshot; undefined when there is none. */
  readonly place: string | undefined;
  readonly by: "program" | "earshot" | "runner";
};

/** Deep enough to come out of Earshot and the runner's wrappers. */
const FRAMES = 50;
const EARSHOT = path.resolve(import.meta.dirname, "../..") + path.sep;
const PASSES_ON = /[\\/]node_modules[\\/](?:signal-exit|node-record-lpcm16)[\\/]/;
const RUNNER = /[\\/]node_modules[\\/](?:vitest|@vitest|tinypool|birpc|vite|chai)[\\/]/;

/** Captures the stack of the caller of `caller`. Costs some µs; the text is made on demand. */
export function acquiredBy(caller: (...args: never[]) => unknown): () => Acquired {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(holder, caller);
  Error.stackTraceLimit = limit;
  let known: Acquired | undefined;
  return () => (known ??= readStack(holder.stack ?? ""));
}

function readStack(stack: string): Acquired {
  const files = stack.split("\n").map(placeOf).filter(isForeign);
  const first = files.findIndex((file) => !file.startsWith(EARSHOT));
  const outside = files[first];
  const isEarshot = first > 0 || (first < 0 && files.length > 0);
  if (outside === undefined || RUNNER.test(outside)) {
    // Something of ours that the runner has called, as a fixture, or what the runner needs for itself.
    return { place: undefined, by: isEarshot ? "earshot" : "runner" };
  }
  return { place: path.relative(process.cwd(), outside), by: isEarshot ? "earshot" : "program" };
}

/** "/home/me/kitchen.test.ts:12:5" of "    at open (file:///home/me/kitchen.test.ts:12:5)". */
function placeOf(line: string): string {
  const place = /\(?([^\s(]+:\d+:\d+)\)?$/.exec(line)?.[1] ?? "";
  return place.startsWith("file://") ? fileURLToPath(place) : place;
}

/** In a file, and not in one that only passes on what others want. */
function isForeign(place: string): boolean {
  return path.isAbsolute(place) && !PASSES_ON.test(place);
}
