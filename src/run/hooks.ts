import { onAbort } from "../base/waiting/on-abort.ts";
import type { Scope } from "../lifetime/scope.ts";
import { EarshotError } from "../errors.ts";
import { suggestion } from "../base/edit-distance.ts";
import { UserCommand } from "./user-command/user-command.ts";
import { EventBus } from "./event-bus.ts";
import type { RunEvent } from "./run-events.ts";

export type HooksOptions = {
  /** Command lines by the event that they are for: one of HOOK_EVENTS. */
  readonly commands: readonly { readonly event: string; readonly line: string }[];
  /** HOOK_FAILED: a command failed, hung or flooded. */
  readonly onError: (error: EarshotError) => void;
};

/** Somebody begins to speak to us, and that has been dealt with; it always comes after the other. */
const OWN_EVENTS = ["listen", "done"] as const;
const RUN_EVENTS = [
  ...(["ready", "wake", "asleep", "speech-start", "partial", "speech-end", "final"] as const),
  ...(["intent", "ignored", "checked", "handled", "reply", "reply-end", "alert", "error"] as const),
  ...(["microphone", "skills", "skill-log", "skill-lifecycle", "templates"] as const),
] satisfies RunEvent["type"][];
const HOOK_EVENTS: readonly string[] = [...OWN_EVENTS, ...RUN_EVENTS];

/** A hook is for something quick, such as `mpc pause`; what takes longer is killed, ms. */
const LIMIT_MS = 5_000;
/** Limit of a command that still runs when everything ends, ms. */
const LIMIT_AT_END_MS = 1_000;
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
  readonly #givenUp = new AbortController();

  /** @throws EarshotError CONFIG_INVALID: no such event; a command cannot be read, or is not installed */
  constructor(scope: Scope, { commands, onError }: HooksOptions) {
    this.#onError = onError;
    this.#closing = scope.signal;
    this.#commands = commands.map(({ event, line }) => {
      assertEvent(event);
      const options = { origin: `--on ${event}`, failureCode: "HOOK_FAILED" } as const;
      return [event, new UserCommand(scope, line, { ...options, limitMs: LIMIT_MS })];
    });
    this.#calls.subscribe("hooks", (call) => this.#run(call), { capacity: CAPACITY });
    const giveUp = (): void =>
      void setTimeout(() => this.#givenUp.abort(), LIMIT_AT_END_MS).unref();
    onAbort(scope.signal, giveUp);
    scope.defer(() => this.finish(), { name: "hooks", phase: "work" });
  }

  /** Does not wait for the commands. */
  call(event: string, details: object): void {
    if (this.#commands.some(([wanted]) => wanted === event))
      this.#calls.publish({ event, details });
  }

  /** Takes no more calls; resolves when those before have been worked off. */
  finish(): Promise<void> {
    return this.#calls.stop();
  }

  /** As `call`, after those before, when everything ends: blocks, for 1 s at most a command. */
  async callAtEnd(event: string, details: object): Promise<void> {
    await this.finish();
    for (const [wanted, command] of this.#commands) {
      if (wanted === event) command.runAtEnd(toRun({ event, details }));
    }
  }

  async #run(call: Call): Promise<void> {
    for (const [wanted, command] of this.#commands) {
      if (wanted !== call.event) continue;
      if (!this.#closing.aborted) await this.#runOne(command, call);
      // Nothing new can be started, but what "listen" has changed is changed back.
      else if (OWN_EVENTS.some((own) => own === wanted)) command.runAtEnd(toRun(call));
    }
  }

  async #runOne(command: UserCommand, call: Call): Promise<void> {
    try {
      await command.run({ signal: this.#givenUp.signal, ...toRun(call) });
    } catch (error) {
      if (!(error instanceof EarshotError)) throw error;
      if (!this.#closing.aborted) this.#onError(error);
    }
  }
}

function assertEvent(event: string): void {
  if (HOOK_EVENTS.includes(event)) return;
  const hint = suggestion(event, HOOK_EVENTS);
  throw new EarshotError("CONFIG_INVALID", `--on: no event "${event}"${hint}`);
}

function toRun({ event, details }: Call): { input: string; env: Record<string, string> } {
  return { input: `${JSON.stringify(details)}\n`, env: { EARSHOT_EVENT: event } };
}
