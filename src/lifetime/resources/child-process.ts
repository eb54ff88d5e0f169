import type { ChildProcess } from "node:child_process";
import { settlesWithin } from "../../base/waiting/settles-within.ts";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import { trace } from "../../trace/active-trace.ts";
import type { TracedSpan } from "../../trace/traced-span.ts";
import type { CleanupContext } from "../cleanup/cleanup-function.ts";
import type { CleanupPhase } from "../cleanup/cleanup-phases.ts";
import type { Owner, Registration } from "../owner.ts";

export type SuperviseOptions = {
  /** Shown in reports and errors. @default the program's name */
  readonly name?: string;
  /** When the owner closes, this comes first; SIGCONT follows it, for a child that is paused. @default "SIGTERM" */
  readonly stopSignal?: NodeJS.Signals;
  /** Then the whole group is killed after this time, in ms. @default 500 */
  readonly killAfterMs?: number;
  /** @default "processes" */
  readonly phase?: CleanupPhase;
  /** Code of the error when the program cannot be started. @default "SPAWN_FAILED" */
  readonly failureCode?: EarshotErrorCode;
  /** What to do about it, for people. @default "install it, or correct its name" */
  readonly remedy?: string;
};

export type ChildExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

const KILL_AFTER_MS = 500;
const TAIL_CHARACTERS = 4_096;

/** A child process that ends with its owner, together with every process that it has started itself. */
export class SupervisedChild {
  readonly name: string;
  readonly process: ChildProcess;
  /** Resolves when the program runs; rejects with EarshotError when it could not be started. */
  readonly started: Promise<void>;
  /** Resolves when the process has ended; at once when it never started. */
  readonly exited: Promise<ChildExit>;
  readonly #options: SuperviseOptions;
  readonly #startedMs = performance.now();
  readonly #registration: Registration | undefined; // undefined while the constructor runs only
  readonly #traced: TracedSpan | undefined;
  #isRunning: boolean;
  #tail = "";

  constructor(owner: Owner, child: ChildProcess, options: SuperviseOptions) {
    this.name = options.name ?? child.spawnfile;
    this.process = child;
    this.#options = options;
    this.#isRunning =
      child.pid !== undefined && child.exitCode === null && child.signalCode === null;
    if (this.#isRunning) this.#traced = trace?.child(this.name, child.pid ?? 0);
    this.started = new Promise((resolve, reject) => {
      child.on("error", (error) => reject(this.#startError(error)));
      if (child.pid !== undefined) resolve();
    });
    this.started.catch(() => {}); // whoever waits sees it; an adopted child may have nobody waiting
    this.exited = new Promise((resolve) => {
      if (!this.#isRunning) resolve({ code: child.exitCode, signal: child.signalCode });
      child.on("exit", (code, signal) => {
        this.#onExit();
        this.#traced?.end({ exit: signal ?? `exit code ${code}` });
        resolve({ code, signal });
      });
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#tail = (this.#tail + text).slice(-TAIL_CHARACTERS);
    });
    this.#registration = this.#register(owner);
    if (!this.#isRunning) this.#registration[Symbol.dispose]();
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get uptimeMs(): number {
    return performance.now() - this.#startedMs;
  }

  /** The last 4096 characters that it wrote to stderr. */
  get outputTail(): string {
    return this.#tail;
  }

  /** Asks it to end, kills its group after `killAfterMs`; resolves when it is gone. Idempotent. */
  async stop(): Promise<void> {
    await this.#registration?.release();
  }

  #register(owner: Owner): Registration {
    const { name } = this;
    try {
      return owner.defer((context) => this.#stop(context), {
        name,
        phase: this.#options.phase ?? "processes",
        sync: () => this.#send("SIGKILL"),
        isSyncBounded: true,
        describe: () => ({ pid: this.pid, uptimeMs: Math.round(this.uptimeMs), tail: this.#tail }),
      });
    } catch (error) {
      this.#send("SIGKILL"); // the owner is closed: nobody else would end it
      throw error;
    }
  }

  async #stop({ signal: timeUp, progress }: CleanupContext): Promise<void> {
    if (!this.#isRunning) return;
    this.#send(this.#options.stopSignal ?? "SIGTERM");
    if (process.platform !== "win32") this.#signalGroup("SIGCONT");
    const killAfterMs = this.#options.killAfterMs ?? KILL_AFTER_MS;
    const wait = { signal: timeUp, keepAlive: true };
    if (!(await settlesWithin(this.exited, killAfterMs, wait))) {
      progress?.say(`"${this.name}" (${this.pid}) did not end within ${killAfterMs} ms: killed`);
      this.#send("SIGKILL");
    }
    await this.exited;
  }

  #onExit(): void {
    // Before the id can belong to anybody else: what the child started and left behind goes with it.
    this.#signalGroup("SIGKILL");
    this.#isRunning = false;
    this.#registration?.[Symbol.dispose]();
  }

  #send(signal: NodeJS.Signals): void {
    if (this.#isRunning) trace?.instant(signal, { to: `${this.name} (${this.pid})` });
    this.#signalGroup(signal);
  }

  /** Never without a number: to Node 20, killing a child that did not start means our own group. */
  #signalGroup(signal: NodeJS.Signals): void {
    const { pid } = this.process;
    if (pid === undefined || !this.#isRunning) return;
    if (process.platform !== "win32" && sendSignal(-pid, signal)) return;
    if (this.process.exitCode === null && this.process.signalCode === null) sendSignal(pid, signal);
  }

  #startError(cause: Error): EarshotError {
    const { failureCode = "SPAWN_FAILED", remedy = "install it, or correct its name" } =
      this.#options;
    return new EarshotError(failureCode, `${this.name} could not be started: ${remedy}`, { cause });
  }
}

/** False: there is no such process or group. */
function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ESRCH" || code === "EPERM") return false; // macOS says EPERM of a group of zombies
    throw error;
  }
}
