import { onAbort } from "../../base/waiting/on-abort.ts";
import { deferred } from "../../base/waiting/deferred.ts";
import { EarshotError } from "../../errors.ts";
import { fromWireError } from "../../workers/wire-error.ts";
import type { FromThread } from "../protocol.ts";
import type { HandleResult } from "./skill-events.ts";

type Pending = { readonly resolve: (result: HandleResult) => void };

/** Commands that a thread has been given and has not answered. */
export class PendingCommands {
  readonly #pending = new Map<number, Pending>();
  #idle: (() => void)[] = [];

  get size(): number {
    return this.#pending.size;
  }

  /**
   * Waits for the answer to a command that is about to be sent.
   * @param abort asks the thread to give it up
   * @throws `signal.reason`
   */
  add(id: number, signal: AbortSignal | undefined, abort: () => void): Promise<HandleResult> {
    const { promise, resolve, reject } = deferred<HandleResult>();
    const aborting = onAbort(signal, (reason) => {
      abort();
      reject(reason); // the thread still counts as busy with it until it has answered
    });
    const settle = (result: HandleResult): void => {
      aborting[Symbol.dispose]();
      resolve(result);
    };
    this.#pending.set(id, { resolve: settle });
    return promise;
  }

  answer({ id, handled, replies, error }: Extract<FromThread, { kind: "answer" }>): void {
    const failure = error === undefined ? {} : { error: toSkillError(fromWireError(error)) };
    this.#settle(id, { handled, replies, ...failure });
  }

  /** Fails all pending commands. Whether they were handled is unknown. */
  fail(error: EarshotError): void {
    for (const id of this.#pending.keys()) {
      this.#settle(id, { handled: true, replies: [], error });
    }
  }

  /** Resolves when there are none. */
  async idle(): Promise<void> {
    if (this.#pending.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #settle(id: number, result: HandleResult): void {
    this.#pending.get(id)?.resolve(result);
    if (!this.#pending.delete(id) || this.#pending.size > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function toSkillError(error: Error): EarshotError {
  if (error instanceof EarshotError) return error;
  return new EarshotError("SKILL_FAILED", error.message, { cause: error });
}
