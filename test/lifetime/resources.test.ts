import { EventEmitter, once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Scope } from "../../src/lifetime/scope.ts";

function openScope(): Scope {
  const scope = new Scope("test");
  onTestFinished(async () => void (await scope.close().catch(() => {})));
  return scope;
}

describe("a timer", () => {
  test("calls back once and is no longer held", async () => {
    const scope = openScope();
    await new Promise((resolve) => scope.timer("once", 1, resolve));
    await expect.poll(() => scope.status().held).toEqual([]);
  });

  test("does not call back after the scope has closed", async () => {
    const scope = openScope();
    let calls = 0;
    scope.timer("late", 10, () => (calls += 1));
    await scope.close();
    await delay(20);
    expect(calls).toBe(0);
  });

  test("whose name is taken is refused, or replaces the other", async () => {
    const scope = openScope();
    const calls: string[] = [];
    scope.timer("beep", 10, () => calls.push("old"));
    expect(() => scope.timer("beep", 10, () => {})).toThrow(/has a timer "beep" already/);
    await new Promise<void>((resolve) => {
      const replace = (): void => {
        calls.push("new");
        resolve();
      };
      scope.timer("beep", 20, replace, { onDuplicate: "replace" });
    });
    expect(calls).toEqual(["new"]);
  });

  test.each([0, -1, Number.NaN, 2 ** 31])("of %d ms is a RangeError", (ms) => {
    expect(() => openScope().timer("bad", ms, () => {})).toThrow(RangeError);
  });
});

describe("an interval", () => {
  test("keeps its times when callbacks take long, and never overlaps: missed times are skipped", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const startedMs = performance.now();
    const atMs: number[] = [];
    openScope().interval("tick", 20, async () => {
      atMs.push(performance.now() - startedMs);
      await new Promise((resolve) => setTimeout(resolve, atMs.length === 3 ? 50 : 15));
    });
    await vi.advanceTimersByTimeAsync(199);
    expect(atMs).toEqual([20, 40, 60, 120, 140, 160, 180]);
  });

  test("is awaited when it is in its callback while the scope closes", async () => {
    const scope = openScope();
    let ended = false;
    const { promise: entered, resolve: enter } = withResolvers();
    scope.interval("slow", 1, async (signal) => {
      enter();
      await once(signal, "abort");
      await delay(5);
      ended = true;
    });
    await entered;
    await scope.close();
    expect(ended).toBe(true);
  });

  test("goes on after an error when it has an error listener", async () => {
    const scope = openScope();
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    scope.interval("failing", 1, () => Promise.reject(new Error("tick")), { onError });
    await expect.poll(() => errors.length).toBeGreaterThan(2);
  });
});

describe("a task", () => {
  test("is aborted and awaited when the scope closes", async () => {
    const scope = openScope();
    let ended = false;
    const task = scope.task("listen", async (signal) => {
      await once(signal, "abort");
      await delay(5);
      ended = true;
      throw signal.reason;
    });
    const [report] = await Promise.all([
      scope.close(),
      expect(task).rejects.toMatchObject({ code: "CONTEXT_CLOSED" }),
    ]);
    expect(report.ok).toBe(true);
    expect(ended).toBe(true);
  });

  test("yields its result and is no longer held", async () => {
    const scope = openScope();
    expect(await scope.task("sum", () => 3)).toBe(3);
    expect(scope.status().held).toEqual([]);
  });
});

test("listeners of emitters and event targets are removed with the scope", async () => {
  const scope = openScope();
  const [emitter, target] = [new EventEmitter(), new EventTarget()];
  const heard: string[] = [];
  scope.listen(emitter, "word", (word: string) => heard.push(word));
  scope.listen(target, "word", ({ type }: Event) => heard.push(type));
  emitter.emit("word", "yes");
  target.dispatchEvent(new Event("word"));
  await scope.close();
  emitter.emit("word", "no");
  target.dispatchEvent(new Event("word"));
  expect(heard).toEqual(["yes", "word"]);
  expect(emitter.listenerCount("word")).toBe(0);
});

test("a temporary directory is removed with its content", async () => {
  const scope = openScope();
  const dir = await scope.tempDir("earshot-test-");
  writeFileSync(path.join(dir, "clip.wav"), "audio");
  await scope.close();
  expect(existsSync(dir)).toBe(false);
});

test("an output file holds every byte when the scope has closed", async () => {
  const outer = openScope();
  const file = path.join(await outer.tempDir(), "transcript.txt");
  const scope = outer.fork("log");
  const output = await scope.outputFile(file);
  const line = `${"word ".repeat(200)}\n`;
  for (let i = 0; i < 1_000; i++) output.write(line);
  await scope.close();
  expect(readFileSync(file, "utf8")).toBe(line.repeat(1_000));
});

describe("a server", () => {
  test("answers what is in flight and accepts nothing new while the scope closes", async () => {
    const scope = openScope();
    const { promise: arrived, resolve: arrive } = withResolvers<ServerResponse>();
    const port = await openServer(scope, (_, response) => arrive(response));
    const answered = once(get({ port, host: "127.0.0.1" }), "response");
    const response = await arrived;
    const closing = scope.close();
    await expect(once(connect(port, "127.0.0.1"), "connect")).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
    response.end("done");
    const [{ statusCode }] = await answered;
    expect(statusCode).toBe(200);
    expect((await closing).ok).toBe(true);
  });

  test("cuts what is in flight after the grace time", async () => {
    const scope = openScope();
    const { promise: arrived, resolve: arrive } = withResolvers<ServerResponse>();
    const port = await openServer(scope, (_, response) => arrive(response), 30);
    const request = get({ port, host: "127.0.0.1" });
    const closeWhenArrived = async (): Promise<boolean> => {
      await arrived;
      return (await scope.close()).ok;
    };
    const [ok] = await Promise.all([
      closeWhenArrived(),
      expect(once(request, "response")).rejects.toMatchObject({ code: "ECONNRESET" }),
    ]);
    expect(ok).toBe(true);
  });

  test("on a port that is taken rejects and leaves the scope usable", async () => {
    const scope = openScope();
    const port = await openServer(scope, () => {});
    const second = scope.server(createServer().listen(port, "127.0.0.1"));
    await expect(second).rejects.toMatchObject({ code: "EADDRINUSE" });
    expect(scope.isOpen).toBe(true);
  });
});

function withResolvers<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((onResolve) => (resolve = onResolve));
  return { promise, resolve };
}

async function openServer(
  scope: Scope,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  graceMs?: number,
): Promise<number> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await scope.server(server, graceMs === undefined ? {} : { graceMs });
  return (server.address() as AddressInfo).port;
}
