export type LifeEnd =
  | "done" // let go as it should
  | "failed"
  | "timedOut"
  | "skipped"
  | "fallback" // only its synchronous fallback ran, on the way out of the process
  | "gone"; // it had ended by itself

/** One thing that is held, a scope or something in one: when it was acquired, let go, and gone. */
export class TracedLife {
  readonly name: string;
  readonly phase: string;
  readonly isScope: boolean;
  readonly parent: TracedLife | undefined;
  readonly beganMs: number = performance.now();
  #letGoMs: number | undefined;
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

  /** When letting it go began; undefined when it never did. */
  get letGoMs(): number | undefined {
    return this.#letGoMs;
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

  beginLettingGo(): void {
    if (this.#end === undefined) this.#letGoMs ??= performance.now();
  }

  /** The first end counts. */
  endAs(end: LifeEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#endedMs = performance.now();
  }
}
