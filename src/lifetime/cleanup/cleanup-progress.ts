import { tell } from "../../base/tell.ts";

const SAY_AFTER_MS = 300;
const WAITING_MS = 700; // from then on, and again: the first time after 1 s

/** Where a run of the cleanups is; says so to the person who waits, when it takes long. */
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
    this.#timer = options.silent ? undefined : setTimeout(() => this.#say(), SAY_AFTER_MS).unref();
  }

  /** "kitchen › recorder": what is being let go now. */
  get current(): string {
    return this.#path.join(" › ");
  }

  /** One line for the person who waits. */
  say(line: string): void {
    if (!this.#isSilent) tell(line);
  }

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
    tell("cleaning up…");
    this.#timer = setInterval(() => {
      const seconds = ((performance.now() - this.#startedMs) / 1_000).toFixed(1);
      if (this.current !== "") tell(`still waiting for "${this.current}" after ${seconds} s`);
    }, WAITING_MS).unref();
  }
}
