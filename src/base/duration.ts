const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** What a timer of Node can wait for: a little over 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** "500ms", "2s", "1.5m", "1h" → milliseconds. @throws RangeError */
export function parseDurationMs(text: string, longestMs: number = LONGEST_TIMER_MS): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text.trim()) ?? [];
  const unitMs = UNIT_MS.get(unit);
  if (unitMs === undefined) {
    throw new RangeError(`"${text}" is not a duration such as 500ms, 30s or 2m`);
  }
  const ms = Number(amount) * unitMs;
  if (ms > longestMs) throw new RangeError(`"${text}" is longer than ${describeMs(longestMs)}`);
  return ms;
}

function describeMs(ms: number): string {
  return ms < 120_000 ? `${ms / 1000}s` : `${Math.floor(ms / 3_600_000)}h`;
}
