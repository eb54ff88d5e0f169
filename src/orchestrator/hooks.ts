import type { Scope } from "../context/scope.ts";
import { EarshotError } from "../errors.ts";
import { UserCommand } from "../user-command/user-command.ts";
import { EventBus } from "./event-bus.ts";

export type HooksOptions = {
  /** Command lines by the event that they are for: "listen", "done", or the type of an event. */
  readonly commands: readonly { readonly event: string; readonly line: string }[];
  /** HOOK_FAILED: a command failed, hung or flooded. */
  readonly onError: (error: EarshotError) => void;
};

/** A hook is for something quick, such as `mpc pause`; what takes longer is killed, ms. */
const LIMIT_MS = 5_000;
const CAPACITY = 100;

type Call = { readonly event: string; readonly details: object };

/**
 * Commands of the user's that are run when something happens, one after another in the order of what happened.
 * Each gets the event as one line of JSON on its standard input and its type as `EARSHOT_EVENT`.
 */
export class Hooks {
  readonly #commands: readonly (readonly [event: string, command: UserCommand])[];
  readonly #calls = new EventBus<Call>();
  readonly #onError: (error: EarshotError) => void;
  readonly #closing: AbortSignal;

  /** @throws EarshotError CONFIG_INVALID: a command cannot be read, or is not installed */
  constructor(scope: Scope, { commands, onError }: HooksOptions) {
    this.#onError = onError;
    this.#closing = scope.signal;
    this.#commands = commands.map(({ event, line }) => {
      const options = { origin: `--on ${event}`, failureCode: "HOOK_FAILED" } as const;
      return [event, new UserCommand(scope, line, { ...options, limitMs: LIMIT_MS })];
    });
    this.#calls.subscribe("hooks", (call) => this.#run(call), { capacity: CAPACITY });
    scope.defer(() => this.#calls.stop(), { name: "hooks", phase: "work" });
  }

  /** Does not wait for the commands. */
  call(event: string, details: object): void {
    if (this.#commands.some(([wanted]) => wanted === event))
      this.#calls.publish({ event, details });
  }

  /** The same while everything ends; blocks for as long as the commands take, 1 s each at most. */
  callAtEnd(event: string, details: object): void {
    for (const [wanted, command] of this.#commands) {
      if (wanted === event) command.runAtEnd(toRun({ event, details }));
    }
  }

  async #run({ event, details }: Call): Promise<void> {
    for (const [wanted, command] of this.#commands) {
      if (wanted !== event || this.#closing.aborted) continue;
      try {
        await command.run({ signal: this.#closing, ...toRun({ event, details }) });
      } catch (error) {
        if (!(error instanceof EarshotError)) throw error;
        if (!this.#closing.aborted) this.#onError(error);
      }
    }
  }
}

function toRun({ event, details }: Call): { input: string; env: Record<string, string> } {
  return { input: `${JSON.stringify(details)}\n`, env: { EARSHOT_EVENT: event } };
}
