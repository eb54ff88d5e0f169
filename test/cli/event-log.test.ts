import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EventLog } from "../../src/cli/output/event-log.ts";
import { jsonLines } from "./earshot.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "event-log-"));
  file = path.join(folder, "events.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

const linesNow = (): Record<string, unknown>[] => jsonLines(readFileSync(file, "utf8"));

test("what could not be written is told once, counted, and said in the log once it can be written", () => {
  const log = new EventLog(file);
  log.write({ type: "first" });
  rmSync(file);
  mkdirSync(file); // nobody can write to that
  expect(() => log.write({ type: "lost" })).toThrow(
    expect.objectContaining({ code: "LOG_FAILED" }),
  );
  log.write({ type: "lost too" });
  expect(log.status).toEqual({ file, written: 1, lost: 2 });
  rmdirSync(file);
  log.write({ type: "third" });
  expect(linesNow()).toEqual([
    expect.objectContaining({ type: "log-gap", lost: 2 }),
    expect.objectContaining({ type: "third" }),
  ]);
  expect(log.status).toEqual({ file, written: 2, lost: 2 });
});

test("each run has an id of its own", () => {
  for (const type of ["one", "two"]) new EventLog(file).write({ type });
  const [one, two] = linesNow();
  expect(one?.["run"]).toMatch(/^[0-9a-f]{8}$/);
  expect(one?.["run"]).not.toBe(two?.["run"]);
});

test("a file that cannot be opened is a mistake of the configuration", () => {
  expect(() => new EventLog(path.join(folder, "no", "such"))).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID" }),
  );
});
