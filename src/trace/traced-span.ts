export type SpanDetails = Readonly<Record<string, string | number | boolean | undefined>>;

/** An activity with a duration, on a named track. Times are ms on the clock of `performance.now()`. */
export class TracedSpan implements Disposable {
  readonly track: string;
  readonly category: "end" | "call" | "native" | "child" | "fallback";
  readonly name: string;
  readonly beganMs: number;
  /** The process that it ran in, if not this one. */
  readonly pid: number | undefined;
  #endedMs: number | undefined;
  #details: SpanDetails;

  constructor(options: {
    readonly track: string;
    readonly category: TracedSpan["category"];
    readonly name: string;
    readonly details?: SpanDetails;
    readonly pid?: number | undefined;
    readonly beganMs?: number;
    readonly endedMs?: number | undefined;
  }) {
    this.track = options.track;
    this.category = options.category;
    this.name = options.name;
    this.pid = options.pid;
    this.beganMs = options.beganMs ?? performance.now();
    this.#endedMs = options.endedMs;
    this.#details = options.details ?? {};
  }

  get endedMs(): number | undefined {
    return this.#endedMs;
  }

  get details(): SpanDetails {
    return this.#details;
  }

  /** Only the first call counts. */
  end(details: SpanDetails = {}): void {
    if (this.#endedMs !== undefined) return;
    this.#endedMs = performance.now();
    this.#details = { ...this.#details, ...details };
  }

  [Symbol.dispose](): void {
    this.end();
  }
}
