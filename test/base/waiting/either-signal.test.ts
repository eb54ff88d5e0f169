import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { eitherSignal } from "../../../src/base/waiting/either-signal.ts";

const listeners = ({ signal }: AbortController): number =>
  getEventListeners(signal, "abort").length;

test.each([0, 1])("signal %i of the two aborts it, for its reason", (which) => {
  const both = [new AbortController(), new AbortController()] as const;
  const either = eitherSignal(both[0].signal, both[1].signal);
  expect(either.signal.aborted).toBe(false);
  const reason = new Error("enough");
  both[which]!.abort(reason);
  expect(either.signal.reason).toBe(reason);
  expect(both.map(listeners)).toEqual([0, 0]);
});

test.each([0, 1])("it is aborted from the beginning when signal %i is", (which) => {
  const both = [new AbortController(), new AbortController()] as const;
  const reason = new Error("enough");
  both[which]!.abort(reason);
  expect(eitherSignal(both[0].signal, both[1].signal).signal.reason).toBe(reason);
  expect(both.map(listeners)).toEqual([0, 0]);
});

test("once disposed of it has left nothing in either, and does not abort", () => {
  const both = [new AbortController(), new AbortController()] as const;
  const either = eitherSignal(both[0].signal, both[1].signal);
  either[Symbol.dispose]();
  expect(both.map(listeners)).toEqual([0, 0]);
  both[0].abort();
  expect(either.signal.aborted).toBe(false);
});

test("one signal alone is itself", () => {
  const { signal } = new AbortController();
  expect(eitherSignal(signal, undefined).signal).toBe(signal);
});
