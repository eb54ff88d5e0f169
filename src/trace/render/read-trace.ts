import { EarshotError } from "../../errors.ts";
import type { ChromeEvent, ChromeTrace } from "../chrome-events.ts";

/** One lane of the trace, which is one row of the picture. */
export type TraceLane = {
  /** The last part of the lane's path, "recorder" in "kitchen › recorder"; empty if the lane above has the same path. */
  readonly label: string;
  /** Number of scopes around it. */
  readonly depth: number;
  /** By begin; of those with the same begin, the longer first. */
  readonly bars: readonly ChromeEvent[];
};

export type ReadableTrace = {
  readonly lanes: readonly TraceLane[];
  /** Signals and errors, in order. */
  readonly moments: readonly ChromeEvent[];
  /** End of the last event, microseconds since the start of the process. */
  readonly endTs: number;
  readonly facts: Readonly<Record<string, string | number>>;
};

const PATH_SEPARATOR = " › ";

/**
 * Reads a trace file.
 *
 * @param text the content of a file that `EARSHOT_TRACE=FILE.json` wrote
 * @throws EarshotError TRACE_INVALID with the file and what is wrong with it
 */
export function readTrace(text: string, file: string): ReadableTrace {
  const { traceEvents, otherData } = parse(text, file);
  const spans = traceEvents.filter(({ ph }) => ph === "X");
  const moments = traceEvents.filter(({ ph }) => ph === "i");
  const names = new Map<string, string>();
  for (const event of traceEvents) {
    if (event.ph === "M" && event.name === "thread_name") {
      names.set(laneKey(event), String(event.args["name"]));
    }
  }
  let above = "";
  const lanes = [...names].map(([key, name]): TraceLane => {
    const parts = name.split(PATH_SEPARATOR);
    const label = name === above ? "" : (parts.at(-1) ?? name);
    above = name;
    const bars = spans.filter((event) => laneKey(event) === key);
    return { label, depth: parts.length - 1, bars };
  });
  const endTs = traceEvents.reduce((last, { ts, dur = 0 }) => Math.max(last, ts + dur), 0);
  return { lanes: lanes.filter(isShown), moments, endTs, facts: otherData };
}

/** @throws EarshotError TRACE_INVALID */
function parse(text: string, file: string): ChromeTrace {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(file, "it is not JSON", cause);
  }
  const events = isObject(value) ? value["traceEvents"] : undefined;
  if (!isObject(value) || !Array.isArray(events)) throw invalid(file, "it has no traceEvents");
  const wrong = events.findIndex((event) => !isEvent(event));
  if (wrong >= 0) throw invalid(file, `event ${wrong + 1} is not one that Earshot writes`);
  if (!events.some(({ ph }: ChromeEvent) => ph === "X")) throw invalid(file, "it has no spans");
  const { otherData } = value;
  // Every event has passed isEvent.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { ...value, otherData: isObject(otherData) ? otherData : {} } as ChromeTrace;
}

function isEvent(event: unknown): boolean {
  if (!isObject(event) || typeof event["name"] !== "string" || !isObject(event["args"]))
    return false;
  if (Object.values(event["args"]).some(isObject)) return false;
  const numbers = ["pid", "tid", "ts", ...(event["ph"] === "X" ? ["dur"] : [])];
  const isKnown = ["X", "i", "M"].includes(String(event["ph"]));
  return isKnown && numbers.every((key) => Number.isFinite(event[key]) && Number(event[key]) >= 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function invalid(file: string, why: string, cause?: unknown): EarshotError {
  const message = `${file} is not a trace (${why}): give a file written with EARSHOT_TRACE=FILE.json`;
  return new EarshotError("TRACE_INVALID", message, { cause });
}

function laneKey({ pid, tid }: ChromeEvent): string {
  return `${pid} ${tid}`;
}

function isShown({ bars }: TraceLane): boolean {
  return bars.length > 0;
}
