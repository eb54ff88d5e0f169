import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError } from "../../errors.ts";
import { GuestThread } from "../../workers/guest-thread.ts";
import { Activity, describeDoing } from "./activity.ts";
import { ChildGroups } from "./child-groups.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { FromThread, ThreadStart, ToThread } from "../protocol.ts";
import type { SkillLimits } from "./skill-limits.ts";

/** Time to terminate a thread, ms; a longer one is inside native code that does not return. */
export const TERMINATE_MS = 4_000;

export type WatchedThreadOptions = {
  readonly name: string;
  readonly start: Omit<ThreadStart, "activity">;
  readonly limits: SkillLimits;
  readonly onMessage: (message: FromThread) => void;
  /** A line that the thread printed, or a warning about it. */
  readonly onLine: (level: "info" | "warn" | "error", line: string) => void;
  /** It does not answer, holds too much or has ended; `skill` is whose code was called last. */
  readonly onFailure: (error: EarshotError, skill?: string) => void;
};

/** The thread of a generation: whether it still answers, how much it holds, which processes it has started. */
export class WatchedThread {
  readonly #options: WatchedThreadOptions;
  readonly #activity = new Activity();
  readonly #thread: GuestThread<ToThread, FromThread>;
  readonly #heartbeat: Heartbeat;
  readonly #children = new ChildGroups();
  #isBlocked = false;

  constructor(scope: Scope, options: WatchedThreadOptions) {
    const { name, start, limits } = options;
    this.#options = options;
    const { buffer: activity } = this.#activity;
    this.#thread = new GuestThread("worker", import.meta.url, {
      name,
      data: { ...start, activity } satisfies ThreadStart,
      memoryLimitMb: 4 * limits.memoryMb,
      onMessage: (message) => this.#receive(message),
      onOutput: (text, stream) => this.#tellOutput(text, stream),
    });
    // A slow machine loads for a while: the limit of loading counts until it has.
    this.#heartbeat = new Heartbeat(scope, name, limits.loadMs, {
      ping: () => this.post({ kind: "ping" }),
      memoryLimitBytes: limits.memoryMb * 2 ** 20,
      onBlocked: (blockedMs) => this.#block(blockedMs),
      onMemory: (bytes, isBlocked) => this.#outOfMemory(bytes, isBlocked),
    });
    void this.#watchEnd();
  }

  /** Resolves when the thread is gone. */
  get ended(): Promise<unknown> {
    return this.#thread.ended;
  }

  /** False: it is gone, or does not answer any more. */
  get answers(): boolean {
    return !this.#thread.hasEnded && !this.#isBlocked;
  }

  /** The last call of a skill: "lights: the handler of LightsOn". */
  get doing(): string {
    return describeDoing(this.#activity.last);
  }

  post(message: ToThread): void {
    this.#thread.post(message);
  }

  /** Keeps the process alive until disposed. */
  hold(): Disposable {
    return this.#thread.hold();
  }

  /** From now on it may take so long to answer, ms. */
  setPatience(ms: number): void {
    this.#heartbeat.blockedMs = ms;
  }

  /** Ends it, and the processes that it has started. */
  async terminate(): Promise<void> {
    this.#heartbeat[Symbol.dispose]();
    if (!(await this.#thread.terminate(TERMINATE_MS))) {
      this.#options.onLine(
        "error",
        `${this.#options.name}: native code keeps the thread from ending`,
      );
    }
    this.#children.kill();
  }

  /** In the exit phase: waits for its cleanups, reads its last messages, ends its processes. */
  finishSync(timeoutMs: number): void {
    if (this.answers) {
      this.#activity.waitStopped(timeoutMs);
      for (const message of this.#thread.received()) this.#receive(message);
    }
    this.#children.kill();
  }

  async #watchEnd(): Promise<void> {
    const why = await this.#thread.ended;
    this.#heartbeat[Symbol.dispose]();
    this.#options.onFailure(failure(`the thread of the skills ended (${why})`));
  }

  #receive(message: FromThread): void {
    if (message.kind === "pong") this.#heartbeat.answered(message.memoryBytes);
    else if (message.kind === "child") this.#children.note(message.pid, message.isRunning);
    else this.#options.onMessage(message);
  }

  #block(blockedMs: number): void {
    this.#isBlocked = true;
    const seconds = (blockedMs / 1_000).toFixed(1);
    const message = `${this.doing} did not come back for ${seconds} s: is there a loop?`;
    this.#options.onFailure(failure(message), this.#activity.last?.skill);
  }

  #outOfMemory(bytes: number, isBlocked: boolean): void {
    this.#isBlocked ||= isBlocked;
    const held = `${Math.round(bytes / 2 ** 20)} MB`;
    const message = `the skills hold ${held}, and may hold ${this.#options.limits.memoryMb} MB`;
    this.#options.onFailure(failure(`${this.doing}: ${message}`), this.#activity.last?.skill);
  }

  #tellOutput(text: string, stream: "stdout" | "stderr"): void {
    const level = stream === "stdout" ? "info" : "warn";
    for (const line of text.split("\n")) if (line !== "") this.#options.onLine(level, line);
  }
}

function failure(message: string): EarshotError {
  return new EarshotError("SKILL_FAILED", message);
}
