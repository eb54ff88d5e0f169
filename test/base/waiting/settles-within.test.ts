import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { settlesWithin } from "../../../src/base/waiting/settles-within.ts";

const never = new Promise<never>(() => {});

test("a promise that settles in time counts as settled", async () => {
  expect(await settlesWithin(Promise.resolve(), 60_000)).toBe(true);
});

test("a promise that rejects in time rejects the wait", async () => {
  await expect(settlesWithin(Promise.reject(new Error("broken")), 60_000)).rejects.toThrow(
    "broken",
  );
});

test("the wait ends at its limit", async () => {
  expect(await settlesWithin(never, 1, { keepAlive: true })).toBe(false);
});

test("the wait ends when its signal aborts, at once when it is aborted already", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const waiting = settlesWithin(never, Infinity, { signal });
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  controller.abort();
  expect(await waiting).toBe(false);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
  expect(await settlesWithin(never, Infinity, { signal })).toBe(false);
});
