import type { ChromeEvent } from "../chrome-events.ts";

/** A bar of the picture: one event, or several that would be too narrow on their own. Times are microseconds. */
export type Bar = {
  readonly fromTs: number;
  readonly toTs: number;
  readonly category: string;
  /** "done", "failed" and so on; empty for several events. */
  readonly outcome: string;
  readonly label: string;
  /** The tooltip: name, duration and details, one a line. */
  readonly tip: string;
};

/**
 * The bars for the events in the window. Neighbours of one category that are shorter than `minTs` share a bar, so
 * that a picture of thousands of calls stays small.
 */
export function barsOf(
  events: readonly ChromeEvent[],
  window: { readonly fromTs: number; readonly toTs: number },
  minTs: number,
): Bar[] {
  const bars: Bar[] = [];
  const joined: ChromeEvent[] = [];
  const flush = (): void => {
    if (joined.length > 0) bars.push(toBar(joined.splice(0)));
  };
  for (const event of events) {
    if (endOf(event) < window.fromTs || event.ts > window.toTs) continue;
    if ((event.dur ?? 0) >= minTs) {
      bars.push(toBar([event]));
      continue;
    }
    const last = joined.at(-1);
    if (last !== undefined && (last.cat !== event.cat || event.ts - endOf(last) > minTs)) flush();
    joined.push(event);
  }
  flush();
  return bars.toSorted((a, b) => a.fromTs - b.fromTs || b.toTs - a.toTs);
}

function toBar(events: readonly ChromeEvent[]): Bar {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) throw new Error("A bar needs at least one event");
  const toTs = Math.max(...events.map(endOf));
  const length = `${milliseconds(toTs - first.ts)}, from ${milliseconds(first.ts)}`;
  const isOne = events.length === 1;
  const names = [...new Set(events.map(({ name }) => name))].join(", ");
  const details = Object.entries(first.args).map(([key, value]) => `${key}: ${String(value)}`);
  return {
    fromTs: first.ts,
    toTs,
    category: first.cat ?? "",
    outcome: isOne ? String(first.args["outcome"] ?? "") : "",
    label: isOne ? first.name : `${events.length} × ${names}`,
    tip: isOne
      ? [`${verb(first)}${first.name}`, length, ...details].join("\n")
      : [`${events.length} × ${names}`, length].join("\n"),
  };
}

function verb({ cat }: ChromeEvent): string {
  return cat === "cleanup" ? "releasing " : cat === "native" ? "native code: " : "";
}

function endOf({ ts, dur = 0 }: ChromeEvent): number {
  return ts + dur;
}

/** "1234.5 ms" for 1234500 µs. */
export function milliseconds(us: number): string {
  return `${(us / 1_000).toFixed(us < 1_000 ? 2 : 1)} ms`;
}
