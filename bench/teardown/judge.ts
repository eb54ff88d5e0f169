import type { ProgramEnd } from "./run-program.ts";
import type { Scenario } from "./scenarios.ts";

/** A signalled program that ends within this time did not wait for its cleanups, ms. */
const FORCED_MS = 300;
/** From this time on, the time to the end is part of the outcome, ms. */
const SLOW_MS = 900;

/** Describes one run in the words of the table, by its output, wait status and time alone. */
export function judge({ name }: Scenario, end: ProgramEnd): string {
  if (end.hung) return "hangs";
  switch (name) {
    case "throws":
    case "never resolves":
      return words(restOf(end), timeOf(end), statusOf(end));
    case "loops":
      return words(end.stdout.includes("bad begins") ? timeOf(end) : "not run", statusOf(end));
    case "second signal":
      return words(forcedOf(end), statusOf(end));
    default:
      return words(extentOf(end), statusOf(end), orderOf(end));
  }
}

/** The wait status: an exit code or a signal. */
function statusOf({ code, signal }: ProgramEnd): string {
  return signal ?? String(code);
}

function extentOf({ stdout }: ProgramEnd): string {
  const [begun, ended] = [count(stdout, /begins/g), count(stdout, /ends/g)];
  if (begun === 2 && ended === 2) return "awaited";
  return begun > 0 || stdout.includes("fallback") ? "sync part" : "not run";
}

function orderOf({ stdout }: ProgramEnd): string {
  const lines = stdout.split("\n").filter((line) => /begins|ends|fallback/.test(line));
  const [first = "", second = ""] = lines;
  if (second === "") return "";
  // The other one before this one has ended; a program that only begins them awaits none.
  if (second.endsWith("begins") && lines.length === 4) return "parallel";
  if (first === "fallback 1") return "LIFO";
  return first.startsWith("second") ? "LIFO" : "FIFO";
}

/** Whether the cleanups before and after the misbehaving one have both run to their ends. */
function restOf({ stdout }: ProgramEnd): string {
  const ended = count(stdout, /(?:first|second) ends/g);
  if (ended === 2) return "rest run";
  return count(stdout, /begins/g) === 0 ? "not run" : "rest cut";
}

function forcedOf({ stdout, tookMs }: ProgramEnd): string {
  if (count(stdout, /begins/g) === 0) return "not run";
  if (tookMs > FORCED_MS) return "ignored";
  return stdout.includes("fallback") ? "forced clean" : "cut";
}

function timeOf({ tookMs }: ProgramEnd): string {
  return tookMs < SLOW_MS ? "" : `${(Math.round(tookMs / 500) / 2).toFixed(1)} s`; // limits are whole seconds
}

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
