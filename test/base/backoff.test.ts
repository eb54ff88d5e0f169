import { expect, test } from "vitest";
import { Backoff } from "../../src/base/backoff.ts";

function backoff(): { clock: { ms: number }; backoff: Backoff } {
  const clock = { ms: 0 };
  const options = { firstMs: 100, maxMs: 400, steadyMs: 1000, nowMs: () => clock.ms };
  return { clock, backoff: new Backoff(options) };
}

test("each wait is twice as long as the one before, up to the maximum", () => {
  const { backoff: waits } = backoff();
  expect([1, 2, 3, 4].map(() => waits.nextMs())).toEqual([100, 200, 400, 400]);
});

test("a success that lasted starts the waits again; a short one does not", () => {
  const { clock, backoff: waits } = backoff();
  waits.nextMs();
  waits.started();
  clock.ms += 999;
  expect(waits.nextMs()).toBe(200);
  waits.started();
  clock.ms += 1000;
  expect(waits.nextMs()).toBe(100);
});

test("failures in a row do not start the waits again, however long they take", () => {
  const { clock, backoff: waits } = backoff();
  waits.started();
  expect(waits.nextMs()).toBe(100);
  clock.ms += 5000;
  expect(waits.nextMs()).toBe(200);
  clock.ms += 60_000;
  expect(waits.nextMs()).toBe(400);
});
