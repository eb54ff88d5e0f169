export type LifeEnd =
  | "done" // released as intended
  | "failed"
  | "timedOut"
  | "skipped"
  | "fallback" // only its synchronous fallback ran, while the process exited
  | "gone"; // it ended by itself before its release

/** A scope or a resource in one: when it was acquired, when its release began and when it ended. Times are ms. */
export class TracedLife {
  readonly name: string;
  readonly phase: string;
  readonly isScope: boolean;
  readonly parent: TracedLife | undefined;
  readonly beganMs: number = performance.now();
  #releaseBeganMs: number | undefined;
  #endedMs: number | undefined;
  #end: LifeEnd | undefined;

  constructor(
    name: string,
    options: {
      readonly phase: string;
      readonly isScope: boolean;
      readonly parent: TracedLife | undefined;
    },
  ) {
    this.name = name;
    this.phase = options.phase;
    this.isScope = options.isScope;
    this.parent = options.parent;
  }

  /** When its release began; undefined if it never did. */
  get releaseBeganMs(): number | undefined {
    return this.#releaseBeganMs;
  }

  /** Undefined while it is held. */
  get endedMs(): number | undefined {
    return this.#endedMs;
  }

  get end(): LifeEnd | undefined {
    return this.#end;
  }

  /** "kitchen › recorder" */
  get path(): string {
    return this.parent === undefined ? this.name : `${this.parent.path} › ${this.name}`;
  }

  beginRelease(): void {
    if (this.#end === undefined) this.#releaseBeganMs ??= performance.now();
  }

  /** Only the first call counts. */
  endAs(end: LifeEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#endedMs = performance.now();
  }
}
