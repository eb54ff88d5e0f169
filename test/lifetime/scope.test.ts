import { getEventListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { CleanupPhase } from "../../src/lifetime/cleanup/cleanup-phases.ts";
import { cleanupRegistry } from "../../src/lifetime/cleanup/cleanup-registry.ts";
import { Scope } from "../../src/lifetime/scope.ts";

describe("closing a scope", () => {
  test("releases the last acquired first, and awaits each release", async () => {
    const order: string[] = [];
    const scope = new Scope("test");
    for (const name of ["first", "second"]) {
      scope.defer(async () => {
        order.push(`${name} begins`);
        await delay(5);
        order.push(`${name} ends`);
      });
    }
    await scope.close();
    expect(order).toEqual(["second begins", "second ends", "first begins", "first ends"]);
  });

  test("goes through the phases, whatever the order of acquisition", async () => {
    const order: CleanupPhase[] = [];
    const scope = new Scope("test");
    const phases = ["logs", "intake", "files", "work", "processes", "connections"] as const;
    for (const phase of phases) scope.defer(() => order.push(phase), { phase });
    await scope.close();
    expect(order).toEqual(["intake", "work", "connections", "processes", "files", "logs"]);
  });

  test("closes child scopes before the resources of the parent", async () => {
    const order: string[] = [];
    const parent = new Scope("parent");
    parent.defer(() => order.push("parent"), { phase: "connections" });
    const child = parent.fork("child");
    child.defer(() => order.push("child"), { phase: "logs" });
    child.fork("grandchild").defer(() => order.push("grandchild"));
    const report = await parent.close();
    expect(order).toEqual(["grandchild", "child", "parent"]);
    expect(child.isOpen).toBe(false);
    expect(report.entries.map(({ name }) => name)).toContain("child › grandchild › cleanup");
  });

  test("aborts the signals of the whole tree before it releases anything", async () => {
    const parent = new Scope("parent");
    const child = parent.fork("child");
    let sawAbort = false;
    parent.defer(() => (sawAbort = child.signal.aborted && parent.signal.aborted), {
      phase: "intake",
    });
    await parent.close();
    expect(sawAbort).toBe(true);
    expect(child.signal.reason).toMatchObject({ code: "CONTEXT_CLOSED" });
  });

  test("is one run for all callers, at once or later", async () => {
    let runs = 0;
    const scope = new Scope("test");
    scope.defer(async () => {
      runs += 1;
      await delay(5);
    });
    const reports = await Promise.all([scope.close(), scope.close()]);
    await scope.close();
    expect(runs).toBe(1);
    expect(reports[0]).toBe(reports[1]);
  });

  test("may be requested by one of its own cleanups", async () => {
    const scope = new Scope("test", { limits: { entryMs: 1_000 } });
    scope.defer(() => void scope.close());
    expect((await scope.close()).ok).toBe(true);
  });

  test("refuses new resources from then on", async () => {
    const scope = new Scope("test");
    const closing = scope.close();
    const refused = expect.objectContaining({ code: "CONTEXT_CLOSED" });
    expect(() => scope.defer(() => {})).toThrow(refused);
    expect(() => scope.fork("child")).toThrow(refused);
    expect(() => scope.timer("t", 1, () => {})).toThrow(refused);
    await expect(scope.tempDir()).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
    await expect(scope.spawn("true")).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
    await closing;
  });
});

describe("a cleanup that fails", () => {
  test("does not stop the others, and is reported with its name", async () => {
    const order: string[] = [];
    const scope = new Scope("test");
    scope.defer(() => order.push("first"));
    scope.defer(() => Promise.reject(new Error("stuck")), {
      name: "lamp",
      sync: () => order.push("fallback"),
    });
    scope.defer(() => order.push("last"));
    await expect(scope.close()).rejects.toMatchObject({
      code: "CLEANUP_FAILED",
      message: expect.stringContaining('"lamp" (failed)'),
      cause: { errors: [expect.objectContaining({ message: "stuck" })] },
    });
    expect(order).toEqual(["last", "fallback", "first"]);
  });

  test("is given up at its limit; its signal has aborted by then", async () => {
    let hasAborted = false;
    const scope = new Scope("test", { limits: { entryMs: 20 } });
    scope.defer(
      ({ signal }) => {
        signal.addEventListener("abort", () => (hasAborted = true));
        return new Promise(() => {});
      },
      { name: "never" },
    );
    const hold = setInterval(() => {}, 1_000);
    await expect(scope.close()).rejects.toMatchObject({
      cause: { errors: [{ code: "CLEANUP_TIMEOUT" }] },
    });
    clearInterval(hold);
    expect(hasAborted).toBe(true);
  });

  test("leaves the others to their fallbacks when it has used up the total time", async () => {
    const order: string[] = [];
    const scope = new Scope("test", { limits: { entryMs: 1_000, totalMs: 20 } });
    scope.defer(() => order.push("async"), { name: "late", sync: () => order.push("fallback") });
    scope.defer(() => new Promise(() => {}), { name: "never" });
    const hold = setInterval(() => {}, 1_000);
    await expect(scope.close()).rejects.toThrow('"never" (timedOut), "late" (skipped)');
    clearInterval(hold);
    expect(order).toEqual(["fallback"]);
  });
});

describe("the scope form", () => {
  test("closes when its block ends", async () => {
    let isReleased = false;
    {
      await using scope = new Scope("test");
      scope.defer(() => (isReleased = true));
    }
    expect(isReleased).toBe(true);
  });

  test("passes the body's error on", async () => {
    await expect(failInScope(() => {})).rejects.toThrow("from the body");
  });

  test("keeps the body's error when closing fails too", async () => {
    await expect(failInScope(() => Promise.reject(new Error("stuck")))).rejects.toMatchObject({
      name: "SuppressedError",
      error: { code: "CLEANUP_FAILED" },
      suppressed: { message: "from the body" },
    });
  });
});

test("a resource that is released early is not released again, and no longer held", async () => {
  let runs = 0;
  const scope = new Scope("test");
  const registration = scope.defer(() => (runs += 1));
  await registration.release();
  await registration.release();
  expect(scope.status().held).toEqual([]);
  await scope.close();
  expect(runs).toBe(1);
});

test("an abort controller of a scope leaves nothing in its signal once it has aborted", async () => {
  const scope = new Scope("test");
  const before = getEventListeners(scope.signal, "abort").length;
  scope.abortController().abort();
  expect(getEventListeners(scope.signal, "abort")).toHaveLength(before);
  const controller = scope.abortController();
  await scope.close();
  expect(controller.signal.reason).toMatchObject({ code: "CONTEXT_CLOSED" });
});

test("a closed scope leaves nothing in the registry", async () => {
  const before = cleanupRegistry.status().held.length;
  const scope = new Scope("test");
  expect(cleanupRegistry.status().held.length).toBe(before + 1);
  await scope.close();
  expect(cleanupRegistry.status().held.length).toBe(before);
});

test("use() accepts anything with one of the usual methods that release", async () => {
  const released: string[] = [];
  const scope = new Scope("test");
  scope.use({ close: async () => released.push("close") });
  scope.use({ destroy: () => released.push("destroy") });
  scope.use({ dispose: () => released.push("dispose") });
  scope.use({
    [Symbol.dispose]: () => void released.push("symbol"),
    close: () => released.push("no"),
  });
  await scope.close();
  expect(released).toEqual(["symbol", "dispose", "destroy", "close"]);
});

function bare(members: object): { close(): unknown } {
  return Object.assign(Object.create(null), members);
}

test("use() accepts objects without a prototype, and looks for methods, not for names", async () => {
  const released: string[] = [];
  const scope = new Scope("test");
  scope.use(bare({ close: () => released.push("close") }));
  scope.use(bare({ [Symbol.dispose]: () => void released.push("symbol") }));
  scope.use(bare({ constructor: "no class", destroy: () => released.push("destroy") }));
  scope.use(bare({ [Symbol.asyncDispose]: undefined, dispose: () => released.push("dispose") }));
  expect(scope.status().held.map(({ name }) => name)).toEqual(Array(4).fill("object"));
  expect(() => scope.use(bare({ close: true }))).toThrow("not be object");
  expect(() => scope.connection(bare({}) as never)).toThrow("a socket, not object");
  await scope.close();
  expect(released).toEqual(["dispose", "destroy", "symbol", "close"]);
});

describe("a wrong argument is named at once, and nothing is held for it:", () => {
  const scope = new Scope("test");
  afterAll(() => scope.close());
  const phase = "process" as CleanupPhase;
  const unknown = 'unknown option "timoutMs" of a cleanup; did you mean "timeoutMs"?';
  const there = 'unknown option "entry" of limits; the options are entryMs, totalMs';
  const phases = "phase must be one of intake, work, connections, processes, files, logs";

  test.each([
    ["a phase of a cleanup", () => scope.defer(() => {}, { phase }), `${phases}, not "process"`],
    ["a phase of a scope", () => scope.fork("child", { phase }), `${phases}, not "process"`],
    ["a cleanup", () => scope.defer("x" as never), "cleanup must be a function, not string"],
    ["its time", () => scope.defer(() => {}, { timeoutMs: -1 }), "timeoutMs must be a number of"],
    ["a resource", () => scope.use({} as never), "resource must have a method that releases it"],
    ["no resource", () => scope.use(undefined as never), "not be undefined"],
    ["a connection", () => scope.connection({} as never), "a WebSocket or a socket, not Object"],
    ["no connection", () => scope.connection(null as never), "a socket, not null"],
    ["a callback", () => scope.timer("x", 1, "y" as never), "callback must be a function"],
    ["an option of a cleanup", () => scope.defer(() => {}, { timoutMs: 5 } as object), unknown],
    [
      "an option of a scope",
      () => new Scope("x", { limit: {} } as object),
      'did you mean "limits"?',
    ],
    ["an option of a child", () => scope.fork("x", { phas: "logs" } as object), "of fork"],
    ["a limit", () => new Scope("x", { limits: { entry: 1 } as object }), there],
  ])("%s", (_, register, message) => {
    expect(register).toThrow(message);
    expect(scope.status().held).toEqual([]);
  });
});

async function failInScope(cleanup: () => unknown): Promise<void> {
  await using scope = new Scope("test");
  scope.defer(cleanup);
  throw new Error("from the body");
}
