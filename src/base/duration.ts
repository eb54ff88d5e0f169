const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** The longest delay of a Node timer: a little over 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Converts "500ms", "2s", "1.5m" or "1h" to milliseconds. @throws RangeError for other text or a longer duration */
export function parseDurationMs(text: string, maxMs: number = MAX_TIMER_MS): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text.trim()) ?? [];
  const unitMs = UNIT_MS.get(unit);
  if (unitMs === undefined) {
    throw new RangeError(`"${text}" is not a duration such as 500ms, 30s or 2m`);
  }
  const ms = Number(amount) * unitMs;
  if (ms > maxMs) throw new RangeError(`"${text}" is longer than ${describeMs(maxMs)}`);
  return ms;
}

function describeMs(ms: number): string {
  return ms < 120_000 ? `${ms / 1000}s` : `${Math.floor(ms / 3_600_000)}h`;
}
