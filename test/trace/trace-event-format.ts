import assert from "node:assert/strict";

export type Event = {
  ph: string;
  name: string;
  cat?: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  s?: string;
  args: Record<string, unknown>;
};

export type TraceFile = {
  traceEvents: Event[];
  displayTimeUnit: string;
  otherData: Record<string, unknown>;
};

/**
 * Checks `text` against those rules of the Trace Event Format (JSON object form) that viewers depend on. One rule is
 * stricter than the format: spans that overlap on one lane must nest, or viewers draw them wrongly.
 */
export function parseTrace(text: string): TraceFile {
  const trace = JSON.parse(text) as TraceFile;
  assert.ok(Array.isArray(trace.traceEvents) && trace.traceEvents.length > 0, "traceEvents");
  assert.ok(["ms", "ns"].includes(trace.displayTimeUnit), "displayTimeUnit");
  for (const event of trace.traceEvents) checkEvent(event);
  const times = trace.traceEvents.filter(({ ph }) => ph !== "M").map(({ ts }) => ts);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
    "events are in order",
  );
  for (const lane of lanesOf(trace).values()) checkNesting(lane);
  return trace;
}

function checkEvent(event: Event): void {
  const seen = JSON.stringify(event);
  assert.ok(typeof event.name === "string" && event.name !== "", seen);
  assert.ok(typeof event.args === "object" && event.args !== null, seen);
  for (const key of ["pid", "tid"] as const) assert.ok(Number.isInteger(event[key]), seen);
  assert.ok(Number.isFinite(event.ts) && event.ts >= 0, seen);
  switch (event.ph) {
    case "X":
      assert.ok(Number.isFinite(event.dur) && Number(event.dur) >= 0, seen);
      assert.equal(typeof event.cat, "string", seen);
      break;
    case "i":
      assert.ok(["g", "p", "t"].includes(String(event.s)), seen);
      break;
    case "M":
      assert.ok(["process_name", "thread_name", "thread_sort_index"].includes(event.name), seen);
      break;
    default:
      assert.fail(`an unknown phase: ${seen}`);
  }
}

function lanesOf({ traceEvents }: TraceFile): Map<string, Event[]> {
  const lanes = new Map<string, Event[]>();
  const named = new Set<string>();
  for (const event of traceEvents) {
    const key = `${event.pid} ${event.tid}`;
    if (event.name === "thread_name") named.add(key);
    if (event.ph === "X") lanes.set(key, [...(lanes.get(key) ?? []), event]);
  }
  for (const key of lanes.keys()) assert.ok(named.has(key), `lane ${key} has a name`);
  return lanes;
}

function checkNesting(lane: readonly Event[]): void {
  const open: number[] = [];
  for (const { ts, dur = 0, name } of lane) {
    while ((open.at(-1) ?? Infinity) <= ts) open.pop();
    assert.ok(ts + dur <= (open.at(-1) ?? Infinity), `${name} overlaps another span of its lane`);
    open.push(ts + dur);
  }
}
