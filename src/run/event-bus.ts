import { assertOneOf } from "../base/one-of.ts";

export type SubscribeOptions = {
  /** Events that may wait for a handler that is not done with the one before. @default 1000 */
  readonly capacity?: number;
  /** Which is lost when one more comes; it is counted. @default "drop-oldest" */
  readonly overflow?: "drop-oldest" | "drop-new";
};

type SubscriberStatus = {
  readonly name: string;
  readonly handled: number;
  /** Lost because the handler was too slow. */
  readonly dropped: number;
  /** Calls of the handler that threw or rejected. */
  readonly failed: number;
  readonly waiting: number;
};

export type BusStatus = {
  readonly published: number;
  /** Came after the end. */
  readonly refused: number;
  readonly subscribers: readonly SubscriberStatus[];
};

type Handler<E> = (event: E) => Promise<void> | void;

/**
 * Hands each event to every subscriber, in order. A handler that is idle is called at once; while one is at work, its
 * events wait, up to a limit. What a handler throws reaches neither whoever publishes nor the other subscribers; what
 * the error handler throws is an uncaught error, and delivery goes on.
 */
export class EventBus<E> {
  readonly #subscribers = new Set<Subscriber<E>>();
  readonly #onHandlerError: (error: unknown, subscriber: string) => void;
  readonly #undelivered: E[] = [];
  #published = 0;
  #refused = 0;
  #isStopped = false;

  constructor(onHandlerError: (error: unknown, subscriber: string) => void = () => {}) {
    this.#onHandlerError = onHandlerError;
  }

  /** Disposing ends the subscription; what waits is dropped. */
  subscribe(name: string, handler: Handler<E>, options: SubscribeOptions = {}): Disposable {
    const onError = (error: unknown): void => this.#onHandlerError(error, name);
    const subscriber = new Subscriber(name, handler, options, onError);
    this.#subscribers.add(subscriber);
    return { [Symbol.dispose]: () => void this.#subscribers.delete(subscriber) };
  }

  /** False: the bus was stopped, and nobody gets it. */
  publish(event: E): boolean {
    if (this.#isStopped) {
      this.#refused++;
      return false;
    }
    this.#published++;
    this.#undelivered.push(event);
    // A handler that publishes while it is called: everybody gets the earlier event first.
    if (this.#undelivered.length > 1) return true;
    for (const next of this.#undelivered) {
      for (const subscriber of this.#subscribers) subscriber.take(next);
    }
    this.#undelivered.length = 0;
    return true;
  }

  /** Refuses events from now on; resolves when those that wait have been handled. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(Array.from(this.#subscribers, (subscriber) => subscriber.idle()));
  }

  status(): BusStatus {
    const subscribers = Array.from(this.#subscribers, (subscriber) => subscriber.status());
    return { published: this.#published, refused: this.#refused, subscribers };
  }
}

class Subscriber<E> {
  readonly #name: string;
  readonly #handler: Handler<E>;
  readonly #capacity: number;
  readonly #overflow: "drop-oldest" | "drop-new";
  readonly #onError: (error: unknown) => void;
  readonly #waiting: E[] = [];
  #work: Promise<void> | undefined;
  #counters = { handled: 0, dropped: 0, failed: 0 };

  constructor(
    name: string,
    handler: Handler<E>,
    { capacity = 1_000, overflow = "drop-oldest" }: SubscribeOptions,
    onError: (error: unknown) => void,
  ) {
    assertOneOf("overflow", overflow, ["drop-oldest", "drop-new"]);
    this.#name = name;
    this.#handler = handler;
    this.#capacity = capacity;
    this.#overflow = overflow;
    this.#onError = onError;
  }

  take(event: E): void {
    if (this.#work === undefined) {
      this.#call(event);
      return;
    }
    if (this.#waiting.length >= this.#capacity) {
      this.#counters.dropped++;
      if (this.#overflow === "drop-new") return;
      this.#waiting.shift();
    }
    this.#waiting.push(event);
  }

  async idle(): Promise<void> {
    while (this.#work !== undefined) await this.#work;
  }

  status(): SubscriberStatus {
    return { name: this.#name, ...this.#counters, waiting: this.#waiting.length };
  }

  #call(event: E): void {
    try {
      const work = this.#handler(event);
      if (work === undefined) this.#counters.handled++;
      else this.#work = this.#await(work);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #await(work: Promise<void>): Promise<void> {
    try {
      await work;
      this.#counters.handled++;
    } catch (error) {
      this.#fail(error);
    }
    this.#work = undefined;
    while (this.#work === undefined && this.#waiting.length > 0) this.#call(this.#waiting.shift()!);
  }

  #fail(error: unknown): void {
    this.#counters.failed++;
    try {
      this.#onError(error);
    } catch (bug) {
      queueMicrotask(() => {
        throw bug;
      });
    }
  }
}
