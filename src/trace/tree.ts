import { lifeTree, type LifeTree } from "./life-tree.ts";
import { programName } from "./program-name.ts";
import type { TracedLife } from "./traced-life.ts";
import type { TraceSnapshot } from "./trace.ts";
import type { TracedSpan } from "./traced-span.ts";

/** At most this many resources of one name are listed under one scope; the rest are counted. */
const MAX_LISTED = 4;

/** The trace as lines for people: when each resource was acquired and released, and how it ended. */
export function toTree(snapshot: TraceSnapshot, ending: string): string[] {
  const { nowMs, lives, spans, instants, dropped } = snapshot;
  const natives = spans.filter(({ category }) => category === "native");
  const children = spans.filter(({ category }) => category === "child");
  return [
    `${programName()} (${process.pid}) lived ${seconds(nowMs)} and ended by ${ending}`,
    ...branches(lifeTree(lives), undefined, nowMs),
    ...section("signals and errors", instants, ({ name, atMs, details }) => {
      const to = details["to"] === undefined ? "" : ` to ${String(details["to"])}`;
      return `${name}${to}, ${ago(nowMs - atMs)}`;
    }),
    ...section("child processes", children, (child) => describeChild(child, nowMs)),
    ...section("native code", byTrack(natives), (calls) => describeNative(calls, nowMs)),
    ...(dropped === 0 ? [] : [`${dropped} older items were dropped`]),
  ];
}

function branches(tree: LifeTree, parent: TracedLife | undefined, nowMs: number): string[] {
  const own = tree.get(parent) ?? [];
  const listed = withoutCrowds(own);
  const lines = listed.map((life) => [describeLife(life, nowMs), ...branches(tree, life, nowMs)]);
  for (const [name, count] of crowds(own)) lines.push([`… and ${count} more of "${name}"`]);
  return lines.flatMap((block, index) => {
    const isLast = index === lines.length - 1;
    return block.map(
      (line, i) => `${i > 0 ? (isLast ? "   " : "│  ") : isLast ? "└─ " : "├─ "}${line}`,
    );
  });
}

function withoutCrowds(lives: readonly TracedLife[]): TracedLife[] {
  const seen = new Map<string, number>();
  return lives.filter(({ name }) => {
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return (seen.get(name) ?? 0) <= MAX_LISTED;
  });
}

function crowds(lives: readonly TracedLife[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { name } of lives) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].filter(([, n]) => n > MAX_LISTED).map(([name, n]) => [name, n - MAX_LISTED]);
}

function describeLife(life: TracedLife, nowMs: number): string {
  const { name, beganMs, releaseBeganMs, end } = life;
  const endedMs = life.endedMs ?? nowMs;
  const tookMs = releaseBeganMs === undefined ? 0 : endedMs - releaseBeganMs;
  const how = {
    done: `released in ${milliseconds(tookMs)}`,
    failed: `failed to release (${milliseconds(tookMs)})`,
    timedOut: `given up after ${milliseconds(tookMs)}`,
    skipped: "not released: no time was left",
    fallback: "released by its fallback",
    gone: "ended by itself",
    held: releaseBeganMs === undefined ? "held to the end" : "being released at the end",
  }[end ?? "held"];
  return `${name}  ${seconds(beganMs)} … ${seconds(endedMs)}  ${how}`;
}

function describeChild({ name, beganMs, endedMs, details }: TracedSpan, nowMs: number): string {
  const { pid, exit = "killed with its parent" } = details;
  return `${name} (${String(pid)}) lived ${seconds((endedMs ?? nowMs) - beganMs)}: ${String(exit)}`;
}

function describeNative(calls: readonly TracedSpan[], nowMs: number): string {
  const lengthsMs = calls.map(({ beganMs, endedMs }) => (endedMs ?? nowMs) - beganMs);
  const sumMs = lengthsMs.reduce((sum, ms) => sum + ms, 0);
  const longestMs = lengthsMs.reduce((max, ms) => Math.max(max, ms), 0);
  const last = calls.at(-1);
  const when =
    last?.details["outcome"] ?? `the last ended ${ago(nowMs - (last?.endedMs ?? nowMs))}`;
  return `${last?.track ?? ""}: ${calls.length} calls, ${seconds(sumMs)} in all, longest ${milliseconds(longestMs)}; ${String(when)}`;
}

function byTrack(spans: readonly TracedSpan[]): TracedSpan[][] {
  const tracks = new Map<string, TracedSpan[]>();
  for (const span of spans) {
    const track = tracks.get(span.track);
    if (track === undefined) tracks.set(span.track, [span]);
    else track.push(span);
  }
  return [...tracks.values()];
}

function section<T>(title: string, items: readonly T[], describe: (item: T) => string): string[] {
  return items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `  ${describe(item)}`)];
}

function ago(ms: number): string {
  return `${milliseconds(ms)} before the end`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(3)} s`;
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}
