import { lanesOf } from "./lanes.ts";
import { lifeTree, type LifeTree } from "./life-tree.ts";
import { programName } from "./program-name.ts";
import type { TracedLife } from "./traced-life.ts";
import type { TraceSnapshot } from "./trace.ts";
import type { SpanDetails, TracedSpan } from "./traced-span.ts";

/**
 * One event of the Trace Event Format, which chrome://tracing and Perfetto read. `ph` is "X" for a span, "i" for
 * an instant, "M" for the name of a process or a lane. `ts` and `dur` are microseconds; `ts` counts from the start
 * of the process.
 */
export type ChromeEvent = {
  readonly ph: "X" | "i" | "M";
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly s?: "p";
  readonly args: SpanDetails;
};

export type ChromeTrace = {
  readonly traceEvents: readonly ChromeEvent[];
  readonly displayTimeUnit: "ms";
  readonly otherData: Readonly<Record<string, string | number>>;
};

const PROCESS_LANE = "process";

/** A span to be placed on a lane, where spans may nest but not otherwise overlap. */
type Bar = {
  readonly lane: string;
  readonly pid: number;
  readonly beganMs: number;
  readonly endedMs: number;
  readonly nests: boolean;
  readonly events: readonly Omit<ChromeEvent, "pid" | "tid">[];
};

/** @param ending how the process ends, such as "SIGINT" or "exit code 0" */
export function toChromeTrace(snapshot: TraceSnapshot, ending: string): ChromeTrace {
  const { nowMs, lives, spans, instants, dropped } = snapshot;
  const bars = [
    ...inTreeOrder(lifeTree(lives)).map((life) => lifeBar(life, nowMs)),
    ...spans.map((traced) => spanBar(traced, nowMs)),
  ];
  const { placed, lanes } = lanesOf(bars, { lane: PROCESS_LANE, pid: process.pid });
  const events = placed.flatMap(({ item, tid }) =>
    item.events.map((event) => ({ ...event, pid: item.pid, tid })),
  );
  const moments = instants.map(
    ({ name, atMs, details: args }): ChromeEvent => ({
      ph: "i",
      name,
      cat: "signal",
      s: "p",
      pid: process.pid,
      tid: 1,
      ts: toMicroseconds(atMs),
      args,
    }),
  );
  return {
    traceEvents: [
      ...metadata(lanes),
      ...[...events, ...moments].toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0)),
    ],
    displayTimeUnit: "ms",
    otherData: {
      ending,
      node: process.version,
      startedAt: new Date(performance.timeOrigin).toISOString(),
      endedMs: Math.round(nowMs * 1_000) / 1_000,
      droppedEvents: dropped,
    },
  };
}

function lifeBar(life: TracedLife, nowMs: number): Bar {
  const { name, path, phase, isScope, beganMs, releaseBeganMs, end } = life;
  const endedMs = life.endedMs ?? nowMs;
  const outcome = end ?? "held at the end";
  const cat = isScope ? "scope" : "held";
  const held = span(name, cat, [beganMs, endedMs], { path, phase, outcome });
  const cleanup =
    releaseBeganMs === undefined
      ? []
      : [span(name, "cleanup", [releaseBeganMs, endedMs], { path, outcome })];
  return {
    lane: path,
    pid: process.pid,
    beganMs,
    endedMs,
    nests: false,
    events: [held, ...cleanup],
  };
}

function spanBar(traced: TracedSpan, nowMs: number): Bar {
  const { track, category, name, beganMs, details } = traced;
  const endedMs = traced.endedMs ?? nowMs;
  const args = traced.endedMs === undefined ? { ...details, outcome: "not over" } : details;
  const lane = category === "child" ? `${track}: ${name}` : track;
  const events = [span(name, category, [beganMs, endedMs], args)];
  const nests = category === "end" || category === "fallback";
  return { lane, pid: traced.pid ?? process.pid, beganMs, endedMs, nests, events };
}

function span(
  name: string,
  cat: string,
  [beganMs, endedMs]: readonly [number, number],
  args: ChromeEvent["args"],
): Bar["events"][number] {
  const ts = toMicroseconds(beganMs);
  return { ph: "X", name, cat, ts, dur: toMicroseconds(endedMs) - ts, args };
}

/** Lists each scope before what it holds, so that the lanes read as a tree. */
function inTreeOrder(tree: LifeTree, parent?: TracedLife): TracedLife[] {
  return (tree.get(parent) ?? []).flatMap((life) => [life, ...inTreeOrder(tree, life)]);
}

function metadata(
  lanes: readonly { readonly name: string; readonly pid: number; readonly tid: number }[],
): ChromeEvent[] {
  const pids = [...new Set(lanes.map(({ pid }) => pid))];
  const named = (
    name: string,
    { pid, tid }: { readonly pid: number; readonly tid: number },
    args: ChromeEvent["args"],
  ): ChromeEvent => ({ ph: "M", name, pid, tid, ts: 0, args });
  return [
    ...pids.map((pid) => {
      const name = pid === process.pid ? programName() : "worker process";
      return named("process_name", { pid, tid: 0 }, { name });
    }),
    ...lanes.flatMap((lane) => [
      named("thread_name", lane, { name: lane.name }),
      named("thread_sort_index", lane, { sort_index: lane.tid }),
    ]),
  ];
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1_000);
}
