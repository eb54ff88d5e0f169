import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { Scope } from "../../src/lifetime/scope.ts";
import { EarshotError } from "../../src/errors.ts";
import { builtFixture } from "../helpers/built-fixtures.ts";
import { areGone } from "../helpers/process-table.ts";
import { WorkerLink } from "../../src/workers/worker-link.ts";
import type { TestProtocol } from "../fixtures/workers/protocol.ts";

const source = new URL("../fixtures/workers/worker.ts", import.meta.url).href;
/** Beside the compiled worker, which starts faster. */
const built = pathToFileURL(builtFixture("workers/worker")).href;

type Isolation = "thread" | "process";

async function start(
  isolation: Isolation = "thread",
  workerData?: unknown,
): Promise<{ scope: Scope; link: WorkerLink<TestProtocol> }> {
  const scope = new Scope("test");
  onTestFinished(async () => void (await scope.close()));
  const link = await WorkerLink.start<TestProtocol>(scope, "worker", built, {
    workerData,
    isolation,
  });
  return { scope, link };
}

describe.each<Isolation>(["thread", "process"])("a worker in a %s", (isolation) => {
  test("a call resolves with the response of the worker", async () => {
    const { link } = await start(isolation);
    expect(await link.call("double", new Float32Array([1, 2]))).toEqual(new Float32Array([2, 4]));
  });

  test("the worker sees its workerData", async () => {
    const { link } = await start(isolation, { model: "embedded" });
    expect(await link.call("data", null)).toEqual({ model: "embedded" });
  });

  describe("an error thrown in the worker", () => {
    test("arrives with its class, code, place and cause", async () => {
      const { link } = await start(isolation);
      const failure = link.call("fail", "earshot");
      await expect(failure).rejects.toBeInstanceOf(EarshotError);
      await expect(failure).rejects.toMatchObject({
        name: "EarshotError",
        code: "MODEL_INVALID",
        place: "model.json:3:1",
        cause: { name: "TypeError", message: "inner" },
      });
    });

    test("keeps its class and name when it reports a wrong argument", async () => {
      const { link } = await start(isolation);
      const failure = link.call("fail", "plain");
      await expect(failure).rejects.toBeInstanceOf(RangeError);
      await expect(failure).rejects.toMatchObject({ name: "RangeError" });
    });
  });

  test.each(["exit", "throw"] as const)(
    "every pending call rejects with WORKER_EXITED when the worker dies by %s",
    async (how) => {
      const { link } = await start(isolation);
      const calls = [link.call("die", how), link.call("data", null), link.call("data", null)];
      for (const result of await Promise.allSettled(calls)) {
        expect(result).toMatchObject({ status: "rejected", reason: { code: "WORKER_EXITED" } });
      }
      await expect(link.call("data", null)).rejects.toMatchObject({ code: "WORKER_EXITED" });
    },
  );

  test("a close ends when the worker dies during it", async () => {
    const { scope, link } = await start(isolation);
    const dying = link.call("die", "exit");
    const [report] = await Promise.all([
      scope.close(),
      expect(dying).rejects.toMatchObject({ code: "CONTEXT_CLOSED" }),
    ]);
    expect(report.ok).toBe(true);
  });

  test("queued calls reject with CONTEXT_CLOSED when the scope closes, and so does the one in flight", async () => {
    const { scope, link } = await start(isolation);
    const calls = Array.from({ length: 5 }, () => link.call("busy", { ms: 60, chunks: 6 }));
    const settled = Promise.allSettled(calls);
    await scope.close();
    for (const result of await settled) {
      expect(result).toMatchObject({ status: "rejected", reason: { code: "CONTEXT_CLOSED" } });
    }
  });

  test("a cancelled call rejects with the signal's reason and stops between native touches", async () => {
    const { link } = await start(isolation);
    const started = performance.now();
    const call = link.call(
      "busy",
      { ms: 20_000, chunks: 1000 },
      { signal: AbortSignal.timeout(50) },
    );
    await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
    await link.call("data", null);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test("a cancelled call that waits in the queue never reaches the worker", async () => {
    const { link } = await start(isolation);
    const controller = new AbortController();
    const first = link.call("busy", { ms: 20, chunks: 1 });
    const second = link.call("die", "exit", { signal: controller.signal });
    controller.abort(new Error("changed my mind"));
    await expect(second).rejects.toThrow("changed my mind");
    expect(await first).toBe(1);
    expect(link.isAlive).toBe(true);
  });
});

test("transferred buffers leave this thread", async () => {
  const { link } = await start();
  const samples = new Float32Array(16);
  await link.call("double", samples, { transfer: [samples.buffer] });
  expect(samples.byteLength).toBe(0);
});

test("a worker process has ended when its scope has closed, even in the middle of a call", async () => {
  const { scope, link } = await start("process");
  const [process] = scope.status().held;
  const call = link.call("busy", { ms: 60_000, chunks: 1 });
  const [result] = await Promise.allSettled([call, scope.close()]);
  expect(result).toMatchObject({ status: "rejected", reason: { code: "CONTEXT_CLOSED" } });
  expect(await areGone([Number(process?.details["pid"])], 1_000)).toBe(true);
});

test.each<Isolation>(["thread", "process"])(
  "a worker in a %s starts from TypeScript source too",
  async (isolation) => {
    const scope = new Scope("test");
    onTestFinished(async () => void (await scope.close()));
    const link = await WorkerLink.start<TestProtocol>(scope, "worker", source, { isolation });
    expect(await link.call("busy", { ms: 2, chunks: 2 })).toBe(2);
  },
);

test("a worker that cannot start rejects with WORKER_EXITED and leaves the scope usable", async () => {
  const { scope } = await start();
  const missing = WorkerLink.start(scope, "missing", built);
  await expect(missing).rejects.toMatchObject({ code: "WORKER_EXITED" });
  expect(scope.isOpen).toBe(true);
});

test("a closed scope starts no worker", async () => {
  const { scope } = await start();
  await scope.close();
  const refused = WorkerLink.start(scope, "worker", built);
  await expect(refused).rejects.toMatchObject({ code: "CONTEXT_CLOSED" });
});
