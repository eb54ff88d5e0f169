import { barsOf, milliseconds, type Bar } from "./bars.ts";
import { escapeXml } from "./escape-xml.ts";
import type { ReadableTrace, TraceLane } from "./read-trace.ts";

export type Window = { readonly fromTs: number; readonly toTs: number };

/** Width of the picture, px. */
export const WIDTH = 1_200;
/** Width of the column of lane names, px. */
const LABELS = 240;
/** Height of a lane, px. */
const ROW = 20;
/** Height of the title and the time axis, px. */
const HEAD = 46;
/** Mean width of a character, px. */
const CHARACTER = 6.4;
const MAX_TICKS = 8;

/** Draws one window of the trace as SVG, `y` px from the top. Returns the SVG and its height in px. */
export function panel(
  trace: ReadableTrace,
  title: string,
  window: Window,
  y: number,
): { readonly svg: string; readonly height: number } {
  const scale = (WIDTH - LABELS - 8) / (window.toTs - window.fromTs);
  const x = (ts: number): number =>
    LABELS + (Math.min(Math.max(ts, window.fromTs), window.toTs) - window.fromTs) * scale;
  const rows = trace.lanes
    .map((lane) => ({ lane, bars: barsOf(lane.bars, window, 1 / scale) }))
    .filter(({ bars }) => bars.length > 0);
  const height = HEAD + rows.length * ROW + 8;
  const parts = [
    `<text class="title" x="4" y="16">${escapeXml(title)}</text>`,
    ...ticksOf(window).map((ts) => tick(x(ts), ts, height)),
    ...rows.flatMap(({ lane, bars }, index) => row(lane, bars, HEAD + index * ROW, x)),
    ...moments(trace, window, x, height),
  ];
  return { svg: `<g transform="translate(0 ${y})">${parts.join("\n")}</g>`, height };
}

function row(
  lane: TraceLane,
  bars: readonly Bar[],
  y: number,
  x: (ts: number) => number,
): string[] {
  const indent = 4 + lane.depth * 12;
  const maxCharacters = Math.floor((LABELS - indent - 6) / CHARACTER);
  const name = `<text class="lane" x="${indent}" y="${y + 14}">${escapeXml(short(lane.label, maxCharacters))}<title>${escapeXml(lane.label)}</title></text>`;
  return [name, ...bars.map((bar) => drawn(bar, y, x))];
}

function drawn(
  { category, outcome, label, tip, fromTs, toTs }: Bar,
  y: number,
  x: (ts: number) => number,
): string {
  const [left, width] = [x(fromTs), Math.max(1.2, x(toTs) - x(fromTs))];
  const isInner = category === "cleanup" || category === "fallback";
  const top = y + (isInner ? 5 : 2);
  const maxCharacters = Math.floor((width - 8) / CHARACTER);
  const text =
    maxCharacters < 3 || isInner
      ? ""
      : `<text class="bar-text" x="${(left + 4).toFixed(1)}" y="${y + 14}">${escapeXml(short(label, maxCharacters))}</text>`;
  const state = outcome.replaceAll(/[^a-z]+/gi, "-");
  const box = `x="${left.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${isInner ? ROW - 10 : ROW - 4}" rx="2"`;
  return `<g><rect class="bar ${escapeXml(category)} ${state}" ${box}/>${text}<title>${escapeXml(tip)}</title></g>`;
}

function tick(x: number, ts: number, height: number): string {
  const label = `${Number((ts / 1_000).toFixed(2))} ms`;
  return `<line class="tick" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${HEAD - 4}" y2="${height}"/><text class="axis" x="${x.toFixed(1)}" y="${HEAD - 8}">${label}</text>`;
}

/** Round times in the window, at most `MAX_TICKS` + 1. */
function ticksOf({ fromTs, toTs }: Window): number[] {
  const minStep = (toTs - fromTs) / MAX_TICKS;
  const power = 10 ** Math.floor(Math.log10(minStep));
  const step = [1, 2, 5, 10].map((n) => n * power).find((each) => each >= minStep) ?? minStep;
  const first = Math.ceil(fromTs / step);
  return Array.from({ length: Math.floor(toTs / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Vertical lines. Where names would overlap, only the first is written. */
function moments(
  trace: ReadableTrace,
  window: Window,
  x: (ts: number) => number,
  height: number,
): string[] {
  let freeX = LABELS;
  return trace.moments
    .filter(({ ts }) => ts >= window.fromTs && ts <= window.toTs)
    .map(({ name, ts, args }) => {
      const to = args["to"] === undefined ? "" : ` → ${String(args["to"])}`;
      const at = x(ts);
      const width = (name.length + to.length) * CHARACTER;
      const isLate = at + width > WIDTH;
      const isFree = (isLate ? at - width : at) >= freeX;
      if (isFree) freeX = at + (isLate ? 0 : width) + 8;
      const anchor = isLate ? "end" : "start";
      const label = isFree
        ? `<text class="moment-text" text-anchor="${anchor}" x="${at.toFixed(1)}" y="${HEAD - 22}">${escapeXml(name + to)}</text>`
        : "";
      const tip = escapeXml(`${name}${to}\nat ${milliseconds(ts)}`);
      return `<g><line class="moment" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${HEAD - 18}" y2="${height}"/>${label}<title>${tip}</title></g>`;
    });
}

function short(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, Math.max(1, maxCharacters - 1))}…`;
}
