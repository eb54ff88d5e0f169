import { expect, onTestFinished, test } from "vitest";
import { Scope } from "../../src/context/scope.ts";
import { Shared } from "../../src/context/shared.ts";

function openScope(name: string): Scope {
  const scope = new Scope(name);
  onTestFinished(async () => void (await scope.close()));
  return scope;
}

function counted(): { open: (scope: Scope) => Promise<{ id: number }>; closed: number[] } {
  const closed: number[] = [];
  let opened = 0;
  const open = async (scope: Scope): Promise<{ id: number }> => {
    const id = ++opened;
    scope.defer(() => closed.push(id));
    return { id };
  };
  return { open, closed };
}

test("two owners share one, and the last to leave closes it", async () => {
  const shared = new Shared<{ id: number }>("session");
  const { open, closed } = counted();
  const [a, b] = [openScope("a"), openScope("b")];
  const [one, two] = await Promise.all([
    shared.acquire(a, "m", open),
    shared.acquire(b, "m", open),
  ]);
  expect(one).toBe(two);
  await a.close();
  expect(closed).toEqual([]);
  expect(shared.usersOf("m")).toBe(1);
  await b.close();
  expect(closed).toEqual([1]);
});

test("another key is another one, and one that was closed is opened anew", async () => {
  const shared = new Shared<{ id: number }>("session");
  const { open, closed } = counted();
  const [a, b, c] = [openScope("a"), openScope("b"), openScope("c")];
  expect((await shared.acquire(a, "m", open)).id).toBe(1);
  expect((await shared.acquire(b, "n", open)).id).toBe(2);
  await a.close();
  expect((await shared.acquire(c, "m", open)).id).toBe(3);
  expect(closed).toEqual([1]);
});

test("an opening that fails rejects for all who wait, and is tried again by the next", async () => {
  const shared = new Shared<{ id: number }>("session");
  const { open } = counted();
  const released: string[] = [];
  const failing = async (scope: Scope): Promise<{ id: number }> => {
    scope.defer(() => released.push("half-open"));
    await Promise.resolve();
    throw new Error("no such model");
  };
  const [a, b] = [openScope("a"), openScope("b")];
  const both = [shared.acquire(a, "m", failing), shared.acquire(b, "m", failing)];
  for (const { status } of await Promise.allSettled(both)) expect(status).toBe("rejected");
  expect(released).toEqual(["half-open"]);
  expect((await shared.acquire(a, "m", open)).id).toBe(1);
});
