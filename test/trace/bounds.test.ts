import { expect, test } from "vitest";
import { BoundedLog } from "../../src/trace/bounded-log.ts";
import { lanesOf } from "../../src/trace/lanes.ts";
import { NativeLog } from "../../src/trace/native-log.ts";

test("a log keeps the latest items that have ended and every item that has not", () => {
  const log = new BoundedLog<{ n: number; endedMs: number | undefined }>(100);
  for (let n = 0; n < 50_000; n++) log.add({ n, endedMs: n === 7 ? undefined : n });
  const kept = [...log];
  expect(kept.length).toBeLessThanOrEqual(100 + 2_000);
  expect(kept[0]).toEqual({ n: 7, endedMs: undefined });
  expect(kept.at(-1)?.n).toBe(49_999);
  expect(kept.length + log.dropped).toBe(50_000);
});

test("the main thread reads the latest native calls and the running one through shared memory", () => {
  const worker = new NativeLog();
  const main = new NativeLog(worker.buffer);
  for (let id = 1; id <= 10_000; id++) {
    worker.enter(id, id);
    worker.leave(id + 0.5);
  }
  worker.enter(10_001, 10_001);
  const calls = main.read();
  expect(calls.length + main.dropped).toBe(10_001);
  expect(calls[0]).toEqual({
    callId: main.dropped + 1,
    beganMs: main.dropped + 1,
    endedMs: main.dropped + 1.5,
  });
  expect(calls.at(-1)).toEqual({ callId: 10_001, beganMs: 10_001, endedMs: undefined });
});

function item(beganMs: number, endedMs: number, nests = false) {
  return { lane: "a", pid: 1, beganMs, endedMs, nests };
}

test("items that overlap get lanes of their own unless they may nest", () => {
  const { placed, lanes } = lanesOf(
    [item(0, 10), item(5, 15), item(10, 20), item(11, 12, true), item(11, 21, true)],
    { lane: "process", pid: 1 },
  );
  expect(placed.map(({ tid }) => tid)).toEqual([2, 3, 2, 2, 4]);
  expect(lanes.map(({ name }) => name)).toEqual(["process", "a", "a", "a"]);
});
