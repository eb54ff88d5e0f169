import path from "node:path";
import { fileURLToPath } from "node:url";

/** Where a resource was acquired, and by whom. */
export type Acquired = {
  /** "kitchen.test.ts:12:5", the innermost place outside Node and Earshot; undefined if there is none. */
  readonly place: string | undefined;
  readonly by: "program" | "earshot" | "runner";
};

/** Deep enough to reach past the frames of Earshot and of the runner's wrappers. */
const MAX_FRAMES = 50;
const EARSHOT = path.resolve(import.meta.dirname, "../..") + path.sep;
const FORWARDERS = /[\\/]node_modules[\\/](?:signal-exit|node-record-lpcm16)[\\/]/;
const RUNNER = /[\\/]node_modules[\\/](?:vitest|@vitest|tinypool|birpc|vite|chai)[\\/]/;

/** Captures the stack of the caller of `caller`, which takes some µs. The text is read only when a leak is reported. */
export function acquiredBy(caller: (...args: never[]) => unknown): () => Acquired {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = MAX_FRAMES;
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
    // Either Earshot code that the runner called, such as a fixture, or a resource of the runner itself.
    return { place: undefined, by: isEarshot ? "earshot" : "runner" };
  }
  return { place: path.relative(process.cwd(), outside), by: isEarshot ? "earshot" : "program" };
}

/** "/home/me/kitchen.test.ts:12:5" from "    at open (file:///home/me/kitchen.test.ts:12:5)". */
function placeOf(line: string): string {
  const place = /\(?([^\s(]+:\d+:\d+)\)?$/.exec(line)?.[1] ?? "";
  return place.startsWith("file://") ? fileURLToPath(place) : place;
}

/** Whether the place is in a file other than those of packages that acquire on behalf of their callers. */
function isForeign(place: string): boolean {
  return path.isAbsolute(place) && !FORWARDERS.test(place);
}
