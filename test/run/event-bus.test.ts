import { expect, test } from "vitest";
import { EventBus } from "../../src/run/event-bus.ts";

/** A handler that is done with an event when it is told so. */
function slow(): { seen: number[]; handler: (event: number) => Promise<void>; next: () => void } {
  const seen: number[] = [];
  const releases: (() => void)[] = [];
  const handler = (event: number): Promise<void> => {
    seen.push(event);
    return new Promise((resolve) => releases.push(resolve));
  };
  return { seen, handler, next: () => releases.at(-1)?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("an idle handler is called at once, each event in order", () => {
  const bus = new EventBus<number>();
  const seen: number[] = [];
  bus.subscribe("all", (event) => void seen.push(event));
  expect([bus.publish(1), bus.publish(2)]).toEqual([true, true]);
  expect(seen).toEqual([1, 2]);
});

test("what a handler throws or rejects with is counted and told, and stops nobody", async () => {
  const told: unknown[] = [];
  const bus = new EventBus<number>((error, name) => told.push(name, String(error)));
  const seen: number[] = [];
  bus.subscribe("throws", () => {
    throw new Error("sync");
  });
  bus.subscribe("rejects", () => Promise.reject(new Error("async")));
  bus.subscribe("works", (event) => void seen.push(event));
  bus.publish(1);
  await turn();
  bus.publish(2);
  await bus.stop();
  expect(seen).toEqual([1, 2]);
  const once = ["throws", "Error: sync", "rejects", "Error: async"];
  expect(told).toEqual([...once, ...once]);
  const [throws, rejects, works] = bus.status().subscribers;
  expect([throws?.failed, rejects?.failed, works?.handled]).toEqual([2, 2, 2]);
});

test("an error handler that throws is an uncaught error, and delivery goes on", async () => {
  const bug = new Error("in the error handler");
  const bus = new EventBus<number>(() => {
    throw bug;
  });
  const seen: number[] = [];
  bus.subscribe("throws", () => {
    throw new Error("sync");
  });
  bus.subscribe("rejects", () => Promise.reject(new Error("async")));
  bus.subscribe("works", (event) => void seen.push(event));
  const uncaught: unknown[] = [];
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException").on("uncaughtException", (e) => uncaught.push(e));
  try {
    for (const event of [1, 2]) {
      expect(bus.publish(event)).toBe(true);
      await turn();
    }
    await bus.stop();
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
  }
  expect(seen).toEqual([1, 2]);
  expect(uncaught).toEqual([bug, bug, bug, bug]);
  expect(bus.status().subscribers.map(({ failed }) => failed)).toEqual([2, 2, 0]);
});

test.each([
  ["drop-oldest", [0, 7, 8, 9]],
  ["drop-new", [0, 1, 2, 3]],
] as const)("a slow handler has no more than its capacity waiting: %s", async (overflow, kept) => {
  const bus = new EventBus<number>();
  const { seen, handler, next } = slow();
  bus.subscribe("slow", handler, { capacity: 3, overflow });
  for (let event = 0; event < 10; event++) bus.publish(event);
  expect(bus.status().subscribers[0]).toMatchObject({ waiting: 3, dropped: 6 });
  const stopped = bus.stop();
  for (let i = 0; i < 4; i++) {
    next();
    await turn();
  }
  await stopped;
  expect(seen).toEqual(kept);
});

test("a thousand wait, unless another number is asked for", () => {
  const bus = new EventBus<number>();
  bus.subscribe("slow", slow().handler);
  for (let event = 0; event < 1_500; event++) bus.publish(event);
  expect(bus.status().subscribers[0]).toMatchObject({ waiting: 1_000, dropped: 499 });
});

test("what a handler publishes comes after what it was called for, for everybody", () => {
  const bus = new EventBus<number>();
  const seen: number[] = [];
  bus.subscribe("echo", (event) => void (event < 3 && bus.publish(event + 1)));
  bus.subscribe("all", (event) => void seen.push(event));
  bus.publish(1);
  expect(seen).toEqual([1, 2, 3]);
});

test("a stopped bus refuses events, and says how many", async () => {
  const bus = new EventBus<number>();
  const seen: number[] = [];
  bus.subscribe("all", (event) => void seen.push(event));
  await bus.stop();
  expect(bus.publish(1)).toBe(false);
  expect(seen).toEqual([]);
  expect(bus.status()).toMatchObject({ published: 0, refused: 1 });
});

test("who has unsubscribed gets nothing more", () => {
  const bus = new EventBus<number>();
  const seen: number[] = [];
  const subscription = bus.subscribe("all", (event) => void seen.push(event));
  bus.publish(1);
  subscription[Symbol.dispose]();
  bus.publish(2);
  expect(seen).toEqual([1]);
});
