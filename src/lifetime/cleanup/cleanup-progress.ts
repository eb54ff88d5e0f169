import { writeStderrLine } from "../../base/stderr-line.ts";

/** A run that is shorter prints nothing, in ms: a person does not feel it as a wait. */
const SILENT_MS = 300;
/** The interval between lines after the first, in ms: the second comes after 1 s. */
const REPEAT_MS = 700;

/** Tracks which cleanup is running, and prints it on stderr when the run takes long. */
export class CleanupProgress implements Disposable {
  readonly #path: string[] = [];
  readonly #startedMs = performance.now();
  readonly #isSilent: boolean;
  readonly #onChange: (current: string) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    readonly silent: boolean;
    readonly onChange?: (current: string) => void;
  }) {
    this.#isSilent = options.silent;
    this.#onChange = options.onChange ?? (() => {});
    this.#timer = options.silent ? undefined : setTimeout(() => this.#say(), SILENT_MS).unref();
  }

  /** The path of the resource that is being released: "kitchen › recorder". */
  get current(): string {
    return this.#path.join(" › ");
  }

  /** Prints one line on stderr, unless this run is silent. */
  say(line: string): void {
    if (!this.#isSilent) writeStderrLine(line);
  }

  /** Marks the cleanup `name` as running until it is disposed. */
  enter(name: string): Disposable {
    this.#path.push(name);
    this.#onChange(this.current);
    return {
      [Symbol.dispose]: () => {
        this.#path.splice(this.#path.lastIndexOf(name), 1);
        this.#onChange(this.current);
      },
    };
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    writeStderrLine("cleaning up…");
    this.#timer = setInterval(() => {
      const seconds = ((performance.now() - this.#startedMs) / 1_000).toFixed(1);
      if (this.current !== "")
        writeStderrLine(`still waiting for "${this.current}" after ${seconds} s`);
    }, REPEAT_MS).unref();
  }
}
