import type { ChildProcess } from "node:child_process";
import { settlesWithin } from "../../base/waiting/settles-within.ts";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import { trace } from "../../trace/active-trace.ts";
import type { TracedSpan } from "../../trace/traced-span.ts";
import type { CleanupContext } from "../cleanup/cleanup-function.ts";
import type { CleanupPhase } from "../cleanup/cleanup-phases.ts";
import type { Owner, Registration } from "../owner.ts";

/** How a child process is named, stopped and reported. */
export type SuperviseOptions = {
  /** Shown in reports and errors. @default the program's name */
  readonly name?: string;
  /** The signal that asks the child to end. SIGCONT follows it, for a child that is paused. @default "SIGTERM" */
  readonly stopSignal?: NodeJS.Signals;
  /** The time from `stopSignal` until the whole group is killed, in ms. @default 500 */
  readonly killAfterMs?: number;
  /** The phase in which the child is stopped. @default "processes" */
  readonly phase?: CleanupPhase;
  /** The code of the error when the program cannot be started. @default "SPAWN_FAILED" */
  readonly failureCode?: EarshotErrorCode;
  /** The advice in that error. @default "install it, or correct its name" */
  readonly remedy?: string;
};

/** How a child ended: one of the two is null. */
export type ChildExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** The default of `killAfterMs`: a tenth of the limit of a cleanup. */
const KILL_AFTER_MS = 500;
/** Bounds `outputTail`: enough for an error message with its stack. */
const MAX_TAIL_CHARACTERS = 4_096;

/** A child process that ends with its owner, together with the processes that it has started in its group. */
export class SupervisedChild {
  readonly name: string;
  readonly process: ChildProcess;
  /** Resolves when the program runs. Rejects with SPAWN_FAILED, or `failureCode`, when it cannot be started. */
  readonly started: Promise<void>;
  /** Resolves when the process has ended, at once if it never started. */
  readonly exited: Promise<ChildExit>;
  readonly #options: SuperviseOptions;
  readonly #startedMs = performance.now();
  readonly #registration: Registration | undefined; // undefined only while the constructor runs
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
    this.started.catch(() => {}); // an adopted child may have nobody that awaits it
    this.exited = new Promise((resolve) => {
      if (!this.#isRunning) resolve({ code: child.exitCode, signal: child.signalCode });
      child.on("exit", (code, signal) => {
        this.#onExit();
        this.#traced?.end({ exit: signal ?? `exit code ${code}` });
        resolve({ code, signal });
      });
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#tail = (this.#tail + text).slice(-MAX_TAIL_CHARACTERS);
    });
    this.#registration = this.#register(owner);
    if (!this.#isRunning) this.#registration[Symbol.dispose]();
  }

  /** The process id; undefined when the program could not be started. */
  get pid(): number | undefined {
    return this.process.pid;
  }

  /** False once the process has ended. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** The time since the start, in ms. */
  get uptimeMs(): number {
    return performance.now() - this.#startedMs;
  }

  /** The last 4096 characters that the program wrote to stderr. */
  get outputTail(): string {
    return this.#tail;
  }

  /**
   * Asks the process to end, and kills its group after `killAfterMs`. Resolves when the process has ended. Idempotent.
   * @throws EarshotError CLEANUP_FAILED when it does not end within the limit of a cleanup
   */
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
      this.#send("SIGKILL"); // the owner is closed and would not end it
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
    // At once, before the id is reused: this kills the processes that the child has left behind in its group.
    this.#signalGroup("SIGKILL");
    this.#isRunning = false;
    this.#registration?.[Symbol.dispose]();
  }

  #send(signal: NodeJS.Signals): void {
    if (this.#isRunning) trace?.instant(signal, { to: `${this.name} (${this.pid})` });
    this.#signalGroup(signal);
  }

  /** Does nothing without an id: Node 20 would signal our own group for a child that did not start. */
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

/** Sends a signal to a process, or to a group if `pid` is negative. False: there is no such process or group. */
function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ESRCH" || code === "EPERM") return false; // macOS answers EPERM for a group of zombies
    throw error;
  }
}
