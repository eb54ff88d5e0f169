import { expect, test } from "vitest";
import { deferred } from "../../../src/base/waiting/deferred.ts";
import { GrammarNames } from "../../../src/stt/session/grammar-names.ts";

test("templates that were replaced are forgotten when the last call through them is answered", async () => {
  const removed: number[] = [];
  const names = new GrammarNames(async (id) => void removed.push(id));
  await names.set("home", 1);
  const answer = deferred();
  const first = names.during(1, () => answer.promise);
  const second = names.during(1, () => Promise.reject(new Error("failed")));
  await names.set("home", 2);
  await expect(second).rejects.toThrow("failed");
  expect(removed).toEqual([]);
  answer.resolve();
  await first;
  expect(removed).toEqual([1]);

  await names.set("home", 3);
  expect(removed).toEqual([1, 2]);
  await names.set("home", undefined);
  expect(names.get("home")).toBeUndefined();
  expect(removed).toEqual([1, 2, 3]);
});
