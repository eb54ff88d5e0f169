import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { deferred } from "../../src/base/waiting/deferred.ts";
import { Scope } from "../../src/lifetime/scope.ts";

const closed = expect.objectContaining({ code: "CONTEXT_CLOSED" });

function openScope(limits = {}): Scope {
  const scope = new Scope("test", { limits });
  onTestFinished(async () => void (await scope.close().catch(() => {})));
  return scope;
}

function openPool(scope: Scope, options: { idleMs?: number; max?: number } = {}) {
  const destroyed: number[] = [];
  let made = 0;
  const destroy = (item: { id: number }): void => void destroyed.push(item.id);
  const create = (): { id: number } => ({ id: ++made });
  const pool = scope.pool({ name: "p", max: 2, create, destroy, ...options });
  return { pool, destroyed };
}

describe("a pool", () => {
  test("makes no more than its limit, and lends what is given back", async () => {
    const { pool } = openPool(openScope());
    let most = 0;
    const ids = await Promise.all(
      Array.from({ length: 6 }, () =>
        pool.with(async ({ id }) => {
          most = Math.max(most, pool.size);
          await delay(2);
          return id;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(new Set(ids)).toEqual(new Set([1, 2]));
  });

  test("destroys what is idle for long, what is removed, and all the rest with the scope", async () => {
    const scope = openScope();
    const { pool, destroyed } = openPool(scope, { idleMs: 10 });
    await pool.with(() => {});
    await expect.poll(() => destroyed).toEqual([1]);
    await pool.with((item) => pool.remove(item));
    expect(destroyed).toEqual([1, 2]);
    await pool.with(() => scope.close());
    expect(destroyed).toEqual([1, 2, 3]);
    await expect(pool.with(() => {})).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
  });
});

describe("a pool whose create fails", () => {
  test("rejects for that caller only, and the next in line gets its try", async () => {
    const scope = openScope();
    const creations = [deferred<string>(), deferred<string>(), deferred<string>()];
    let attempts = 0;
    const create = (): Promise<string> => creations[attempts++]!.promise;
    const pool = scope.pool({ name: "p", max: 1, create, destroy: () => {} });
    const callers = [1, 2, 3].map((n) => pool.with((item) => `${item} for ${n}`));
    creations[0]!.reject(new Error("refused"));
    await expect(callers[0]).rejects.toThrow("refused");
    creations[1]!.reject(new Error("refused again"));
    await expect(callers[1]).rejects.toThrow("refused again");
    creations[2]!.resolve("line");
    expect(await callers[2]).toBe("line for 3");
    expect([attempts, pool.size]).toEqual([3, 1]);
  });
});

test("a caller that waits is served before one that comes when there is room again", async () => {
  const { pool } = openPool(openScope(), { max: 1 });
  const order: string[] = [];
  let late: Promise<unknown> | undefined;
  const first = pool.with(async (item) => {
    const removed = pool.remove(item);
    late = pool.with(() => order.push("late"));
    await removed;
  });
  await Promise.all([first, pool.with(() => order.push("early"))]);
  await late;
  expect(order).toEqual(["early", "late"]);
});

describe("a pool that closes", () => {
  test("rejects those who wait for an item", async () => {
    const scope = openScope();
    const { pool } = openPool(scope, { max: 1 });
    const entered = deferred();
    const release = deferred();
    const lent = pool.with(() => {
      entered.resolve();
      return release.promise;
    });
    await entered.promise;
    const waiting = pool.with(() => {});
    const [report] = await Promise.all([scope.close(), expect(waiting).rejects.toEqual(closed)]);
    expect(report.ok).toBe(true);
    release.resolve();
    await lent;
  });

  test("makes nothing for those who wait when an earlier listener of the signal removes an item", async () => {
    const scope = openScope();
    const entered = deferred<object>();
    const release = deferred();
    const onClose = { remove: async () => {} };
    scope.signal.addEventListener("abort", () => void onClose.remove());
    const create = vi.fn<() => object>(() => ({}));
    const pool = scope.pool({ name: "p", max: 1, create, destroy: () => {} });
    const lent = pool.with((item) => {
      entered.resolve(item);
      return release.promise;
    });
    const item = await entered.promise;
    onClose.remove = () => pool.remove(item);
    const waiting = pool.with(() => {});
    await Promise.all([scope.close(), expect(waiting).rejects.toEqual(closed)]);
    release.resolve();
    await lent;
    expect(create).toHaveBeenCalledTimes(1);
  });

  test("waits for items being made and destroys them, while their callers are rejected", async () => {
    const scope = openScope();
    const made = deferred<string>();
    const destroyed: string[] = [];
    const destroy = (item: string): void => void destroyed.push(item);
    const pool = scope.pool({ name: "p", create: () => made.promise, destroy });
    const caller = pool.with(() => {});
    const closing = scope.close();
    await expect(caller).rejects.toEqual(closed);
    expect(destroyed).toEqual([]);
    made.resolve("line");
    expect((await closing).ok).toBe(true);
    expect(destroyed).toEqual(["line"]);
    expect(pool.size).toBe(0);
  });

  test("gives up at its limit when an item is never made, after it has destroyed the others", async () => {
    const scope = openScope({ entryMs: 20 });
    const destroyed: string[] = [];
    const creations = [Promise.resolve("line"), new Promise<string>(() => {})];
    const create = (): Promise<string> => creations.shift()!;
    const destroy = (item: string): void => void destroyed.push(item);
    const pool = scope.pool({ name: "p", create, destroy });
    const entered = deferred();
    const lent = pool.with(async () => {
      entered.resolve();
      await expect(pool.with(() => {})).rejects.toEqual(closed);
    });
    await entered.promise;
    const hold = setInterval(() => {}, 1_000);
    await expect(scope.close()).rejects.toThrow('"pool p" (timedOut)');
    clearInterval(hold);
    await lent;
    expect(destroyed).toEqual(["line"]);
  });

  test("destroys every item though some cannot be, and reports those", async () => {
    const scope = openScope();
    let made = 0;
    const tried: number[] = [];
    const destroy = (item: number): void => {
      tried.push(item);
      throw new Error(`item ${item} is stuck`);
    };
    const pool = scope.pool({ name: "p", create: () => ++made, destroy });
    await Promise.all([1, 2].map(() => pool.with(() => delay(1))));
    await expect(scope.close()).rejects.toMatchObject({
      cause: {
        errors: [{ errors: [{ message: "item 2 is stuck" }, { message: "item 1 is stuck" }] }],
      },
    });
    expect(tried).toEqual([2, 1]);
  });
});

test("an idle item that cannot be destroyed makes room, and its failure is no uncaught error", async () => {
  const uncaught = vi.fn<(error: unknown) => void>();
  process.on("unhandledRejection", uncaught);
  onTestFinished(() => void process.off("unhandledRejection", uncaught));
  const destroy = vi.fn<() => Promise<void>>(() => Promise.reject(new Error("stuck")));
  const pool = openScope().pool({ name: "p", idleMs: 1, create: () => ({}), destroy });
  await pool.with(() => {});
  await expect.poll(() => destroy.mock.calls.length).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(uncaught).not.toHaveBeenCalled();
  expect(pool.size).toBe(0);
});
