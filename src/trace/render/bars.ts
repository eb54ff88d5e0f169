import type { ChromeEvent } from "../chrome-events.ts";

/** A bar to be drawn: one event, or several that would be too narrow one by one. Times in microseconds. */
export type Bar = {
  readonly fromTs: number;
  readonly toTs: number;
  readonly category: string;
  /** "failed" and the like; empty when nothing is to be said. */
  readonly outcome: string;
  readonly label: string;
  /** All that is known, a line each. */
  readonly tip: string;
};

/**
 * What of `events` lies in the window, those narrower than `leastTs` joined with neighbours of their kind, so
 * that a picture of thousands of calls stays small.
 */
export function barsOf(
  events: readonly ChromeEvent[],
  window: { readonly fromTs: number; readonly toTs: number },
  leastTs: number,
): Bar[] {
  const bars: Bar[] = [];
  const joined: ChromeEvent[] = [];
  const flush = (): void => {
    if (joined.length > 0) bars.push(toBar(joined.splice(0)));
  };
  for (const event of events) {
    if (endOf(event) < window.fromTs || event.ts > window.toTs) continue;
    if ((event.dur ?? 0) >= leastTs) {
      bars.push(toBar([event]));
      continue;
    }
    const last = joined.at(-1);
    if (last !== undefined && (last.cat !== event.cat || event.ts - endOf(last) > leastTs)) flush();
    joined.push(event);
  }
  flush();
  return bars.toSorted((a, b) => a.fromTs - b.fromTs || b.toTs - a.toTs);
}

function toBar(events: readonly ChromeEvent[]): Bar {
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) throw new Error("A bar is made of events");
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
  return cat === "cleanup" ? "letting go of " : cat === "native" ? "native code of " : "";
}

function endOf({ ts, dur = 0 }: ChromeEvent): number {
  return ts + dur;
}

/** "1234.5 ms" of so many microseconds. */
export function milliseconds(us: number): string {
  return `${(us / 1_000).toFixed(us < 1_000 ? 2 : 1)} ms`;
}
