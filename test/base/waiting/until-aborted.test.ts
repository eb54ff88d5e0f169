import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { untilAborted } from "../../../src/base/waiting/until-aborted.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 0; i < count; i++) yield i;
}

async function* twoAndNoMore(): AsyncGenerator<number> {
  yield* [1, 2];
  await new Promise(() => {});
}

test("values pass until the signal aborts, which ends it also while nothing comes", async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const taking = (async () => {
    for await (const value of untilAborted(twoAndNoMore(), controller.signal)) {
      seen.push(value);
      if (seen.length === 2) setImmediate(() => controller.abort(new Error("enough")));
    }
  })();
  await expect(taking).rejects.toThrow("enough");
  expect(seen).toEqual([1, 2]);
});

test("what has passed is not kept, however long it goes on", async () => {
  const { signal } = new AbortController();
  const heapMb: number[] = [];
  let seen = 0;
  for await (const _ of untilAborted(numbers(120_000), signal)) {
    if (++seen % 40_000 !== 0) continue;
    collectGarbage();
    heapMb.push(process.memoryUsage().heapUsed / 1e6);
  }
  expect(heapMb[2]! - heapMb[0]!).toBeLessThan(5);
});
