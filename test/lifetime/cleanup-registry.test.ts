import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { CleanupRegistry } from "../../src/lifetime/cleanup/cleanup-registry.ts";

test("the same function is registered once, and unregistering an absent one does nothing", async () => {
  const registry = new CleanupRegistry();
  let runs = 0;
  const cleanup = (): void => void (runs += 1);
  registry.register(cleanup);
  registry.register(cleanup);
  registry.unregister(() => {});
  expect((await registry.runAll()).entries.length).toBe(1);
  expect(runs).toBe(1);
});

test("a cleanup that unregisters itself does not make the registry skip another", async () => {
  const registry = new CleanupRegistry();
  const ran: string[] = [];
  registry.register(() => ran.push("first"));
  const second = (): void => {
    ran.push("second");
    registry.unregister(second);
  };
  registry.register(second);
  registry.register(() => ran.push("third"));
  await registry.runAll();
  expect(ran).toEqual(["third", "second", "first"]);
});

test("a cleanup that another one unregisters during the run is skipped", async () => {
  const registry = new CleanupRegistry();
  const ran: string[] = [];
  const first = (): void => void ran.push("first");
  registry.register(first);
  registry.register(() => registry.unregister(first), { name: "closes first too" });
  await registry.runAll();
  expect(ran).toEqual([]);
});

describe("while the cleanups run", () => {
  test("all callers get the same report", async () => {
    const registry = new CleanupRegistry();
    registry.register(() => delay(5), { name: "slow" });
    const [one, two] = await Promise.all([registry.runAll("SIGTERM"), registry.runAll()]);
    expect(one).toBe(two);
    expect(one).toMatchObject({
      reason: "SIGTERM",
      ok: true,
      entries: [{ name: "slow", phase: "work", outcome: "done" }],
    });
  });

  test("new cleanups are refused; afterwards they are accepted", async () => {
    const registry = new CleanupRegistry();
    registry.register(() => delay(5));
    const running = registry.runAll();
    expect(registry.status().state).toBe("running");
    const refused = expect.objectContaining({ code: "CONTEXT_CLOSED" });
    expect(() => registry.register(() => {})).toThrow(refused);
    await running;
    registry.register(() => {});
    expect(registry.status()).toMatchObject({ state: "open", held: [{ phase: "work" }] });
  });
});

test("signal handlers are installed once for all callers, and removed with the last", async () => {
  const registry = new CleanupRegistry();
  const before = process.listenerCount("SIGTERM");
  const [one, two] = [registry.installSignalHandlers(), registry.installSignalHandlers()];
  expect(process.listenerCount("SIGTERM")).toBe(before + 1);
  await one[Symbol.asyncDispose]();
  await one[Symbol.asyncDispose]();
  expect(registry.status().handlesSignals).toBe(true);
  await two[Symbol.asyncDispose]();
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

test("process is touched only while the exit phase has something to do", () => {
  const registry = new CleanupRegistry();
  const before = patchable();
  const plain = registry.register(() => {});
  expect(patchable()).toEqual(before);
  const held = registry.register(() => {}, { name: "held", sync: () => {} });
  expect(patchable()).not.toEqual(before);
  held[Symbol.dispose]();
  plain[Symbol.dispose]();
  expect(patchable()).toEqual(before);
});

test.each([{ entryMs: -1 }, { totalMs: Number.NaN }])(
  "the limit %o is refused by name",
  (limits) => {
    expect(() => new CleanupRegistry().setLimits(limits)).toThrow(RangeError);
    expect(() => new CleanupRegistry().setLimits(limits)).toThrow(Object.keys(limits)[0]!);
  },
);

/** The methods that signal-exit replaces, and the listeners of a signal that only it listens to. */
function patchable(): unknown[] {
  const names = ["emit", "reallyExit"] as const;
  return [
    ...names.map((name) => Reflect.get(process, name) as unknown),
    process.listeners("SIGUSR2"),
  ];
}
