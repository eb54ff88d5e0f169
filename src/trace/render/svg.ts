import { escapeXml } from "./escape-xml.ts";
import { panel, WIDTH, type Window } from "./panel.ts";
import type { ReadableTrace } from "./read-trace.ts";
import { COLOURS } from "./colours.ts";

const LEGEND = [
  ["scope", "scope"],
  ["held", "held resource"],
  ["cleanup", "being released"],
  ["cleanup failed", "failed, timed out or skipped"],
  ["fallback", "synchronous fallback"],
  ["call", "call to a worker"],
  ["native", "inside native code"],
  ["child", "child process"],
] as const;

/** The end is drawn a second time, enlarged, if it takes at most this share of the run. */
const MAX_END_SHARE = 0.4;
const TOP = 34;
const GAP = 18;

/** The whole trace as a self-contained picture that follows the light or dark theme of its reader. */
export function traceToSvg(trace: ReadableTrace): string {
  const whole = panel(trace, "the whole run", { fromTs: 0, toTs: trace.endTs }, TOP);
  const endWindow = windowOfEnd(trace);
  const end =
    endWindow === undefined
      ? { svg: "", height: 0 }
      : panel(trace, "how it ended", endWindow, TOP + whole.height + GAP);
  const height = TOP + whole.height + (endWindow === undefined ? 0 : GAP + end.height) + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(summary(trace))}">`,
    `<style>${COLOURS}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    legend(),
    whole.svg,
    end.svg,
    "</svg>",
  ].join("\n");
}

/** "ended by SIGINT after 2.57 s" */
export function summary({ facts, endTs }: ReadableTrace): string {
  const ending = facts["ending"] ?? "unknown";
  return `ended by ${ending} after ${(endTs / 1_000_000).toFixed(2)} s`;
}

/** The window from just before the signal that began the shutdown to the end; undefined if that is most of the run. */
function windowOfEnd({ lanes, moments, endTs }: ReadableTrace): Window | undefined {
  const ending = lanes.flatMap(({ bars }) => bars).find(({ cat }) => cat === "end");
  const lastRelease = lanes
    .flatMap(({ bars }) => bars)
    .findLast(({ cat, ts, dur = 0 }) => cat === "cleanup" && ts + dur >= endTs - 1_000);
  const began = ending?.ts ?? lastRelease?.ts ?? moments.at(-1)?.ts;
  if (began === undefined) return undefined;
  const cause = moments.findLast(({ ts }) => ts <= began)?.ts ?? began;
  const fromTs = began - cause < 1_000_000 ? cause : began;
  const lengthTs = endTs - fromTs;
  if (lengthTs <= 0 || lengthTs > endTs * MAX_END_SHARE) return undefined;
  return { fromTs: fromTs - lengthTs * 0.08, toTs: endTs + lengthTs * 0.02 };
}

function legend(): string {
  let x = 4;
  const parts = LEGEND.map(([category, text]) => {
    const part = `<rect class="bar ${category}" x="${x}" y="8" width="14" height="12" rx="2"/><text class="lane" x="${x + 19}" y="18">${text}</text>`;
    x += 19 + text.length * 6.4 + 22;
    return part;
  });
  return parts.join("\n");
}
