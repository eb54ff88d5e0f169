import { AsyncLocalStorage } from "node:async_hooks";
import { inspect } from "node:util";
import type { Activity } from "../host/activity.ts";
import { EarshotError } from "../../errors.ts";
import type { Language } from "../../languages/language.ts";
import type { FromThread, ToThread } from "../protocol.ts";
import type { SkillReply } from "../host/skill-events.ts";
import { toWireError } from "../../workers/wire-error.ts";
import { bounded } from "./bounded.ts";
import { placeOf } from "./place-of.ts";
import { toReply } from "./to-reply.ts";
import type { Answer, SkillUnit } from "./skill-unit.ts";

type Command = Extract<ToThread, { kind: "command" }>;
type CommandAnswer = Extract<FromThread, { kind: "answer" }>;

/** A call of a handler. Replies that it gives while it runs belong to its answer. */
type Call = { readonly replies: SkillReply[]; isOpen: boolean };

export type CommandOptions = {
  readonly activity: Activity;
  readonly folder: string;
  readonly language: Language;
  readonly limitMs: number;
  readonly skillFor: (intent: string) => SkillUnit | undefined;
};

/** Calls of handlers that run in this thread. */
export class HandlerCalls {
  readonly #options: CommandOptions;
  readonly #calls = new AsyncLocalStorage<Call>();
  readonly #running = new Map<number, { abort: AbortController; done: Promise<CommandAnswer> }>();

  constructor(options: CommandOptions) {
    this.#options = options;
  }

  /** True: it will be part of the answer to the command that is being handled here. */
  reply(reply: SkillReply): boolean {
    const call = this.#calls.getStore();
    if (call?.isOpen !== true) return false;
    call.replies.push(reply);
    return true;
  }

  /** Never rejects. */
  async run(command: Command): Promise<CommandAnswer> {
    const abort = new AbortController();
    const done = this.#run(command, abort.signal);
    this.#running.set(command.id, { abort, done });
    try {
      return await done;
    } finally {
      this.#running.delete(command.id);
    }
  }

  abort(id: number): void {
    this.#running.get(id)?.abort.abort(new DOMException("The command was given up", "AbortError"));
  }

  /** Gives up every command; they have answered when this resolves. */
  async abortAll(): Promise<void> {
    const reason = new EarshotError("CONTEXT_CLOSED", "The skills are being ended");
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort(reason);
    await Promise.all(running.map(({ done }) => done));
  }

  async #run(command: Command, stop: AbortSignal): Promise<CommandAnswer> {
    const { kind: _, id, ...given } = command;
    const unit = this.#options.skillFor(command.intent);
    const handler = unit?.handlers.get(command.intent);
    if (unit === undefined || handler === undefined) {
      return { kind: "answer", id, handled: false, replies: [], error: undefined };
    }
    const { activity, language, limitMs } = this.#options;
    const what = `${unit.name}: the handler of ${command.intent}`;
    const call: Call = { replies: [], isOpen: true };
    try {
      const answer = await bounded(
        limitMs,
        what,
        (signal) => {
          activity.note(unit.name, `the handler of ${command.intent}`);
          try {
            return this.#calls.run(call, () => handler({ ...given, language, signal }));
          } finally {
            activity.clear();
          }
        },
        stop,
      );
      addAnswer(call.replies, answer, what);
      return { kind: "answer", id, handled: true, replies: call.replies, error: undefined };
    } catch (error) {
      const failure = toWireError(failureOf(error, what, this.#options.folder));
      return { kind: "answer", id, handled: true, replies: call.replies, error: failure };
    } finally {
      call.isOpen = false;
    }
  }
}

/** Adds the reply that a handler returned, unless `say` has given it already. */
function addAnswer(replies: SkillReply[], answer: Answer, what: string): void {
  if (answer === undefined || answer === null) return;
  if (typeof answer === "string") replies.push(toReply(answer));
  else if (typeof answer === "object" && ("text" in answer || "key" in answer)) {
    if (!replies.includes(answer)) replies.push(answer);
  } else throw new TypeError(`${what} returned ${inspect(answer)}: return say(…), or a text`);
}

/** "lights.js:12:5" and what went wrong there; cancelling and running out of time say so themselves. */
export function failureOf(error: unknown, what: string, folder: string): unknown {
  if (error instanceof EarshotError) return error;
  const place = placeOf(error, folder);
  const message = error instanceof Error ? error.message : inspect(error);
  return new EarshotError("SKILL_FAILED", `${what} failed: ${message}`, {
    cause: error,
    ...(place === undefined ? {} : { place: place.text }),
  });
}
