import type { Scope } from "../../lifetime/scope.ts";
import type { Understanding } from "../../grammar/understanding.ts";
import type { Language } from "../../languages/language.ts";
import type { SkillEvent, SkillReply } from "../host/skill-events.ts";
import { SkillHost } from "../host/skill-host.ts";
import { mismatch, type SkillTest, type SkillTestStep } from "./skill-test.ts";

export type SkillTestOptions = {
  readonly folder: string;
  readonly language: Language;
  /** Sentence → intent: an IntentEngine. */
  readonly understand: (text: string) => Promise<Understanding>;
  /** Log lines of the skills, and their failures outside of a command. */
  readonly onNote: (text: string) => void;
};

export type StepResult = {
  readonly step: SkillTestStep;
  /** The unmet expectations; empty if the test passed. */
  readonly problems: readonly string[];
};

/** Runs the steps of a test on skills that start fresh, with a state of their own, in virtual time. */
export async function* runSkillTest(
  scope: Scope,
  test: SkillTest,
  options: SkillTestOptions,
): AsyncGenerator<StepResult, void, undefined> {
  await using own = scope.fork("skill test");
  const run = new TestRun(own, test, options, await own.tempDir("earshot-skill-test-"));
  await run.open();
  for (const step of test.steps) yield { step, problems: await run.step(step) };
}

class TestRun {
  readonly #scope: Scope;
  readonly #options: SkillTestOptions;
  readonly #stateFolder: string;
  #nowMs: number;
  #host: SkillHost | undefined;
  #said: string[] = [];
  #utterances = 0;

  constructor(scope: Scope, test: SkillTest, options: SkillTestOptions, stateFolder: string) {
    this.#scope = scope;
    this.#options = options;
    this.#stateFolder = stateFolder;
    this.#nowMs = test.clockMs;
  }

  async open(): Promise<void> {
    const { folder, language } = this.#options;
    this.#host = await SkillHost.open(this.#scope, {
      folder,
      language,
      stateFolder: this.#stateFolder,
      virtualClockMs: this.#nowMs,
      onEvent: (event) => this.#take(event),
    });
  }

  async step(step: SkillTestStep): Promise<string[]> {
    const { say, afterMs, reload, restart, signal, expect } = step;
    const found = say === undefined ? {} : await this.#say(say);
    const problems: string[] = [];
    if (afterMs !== undefined) await this.#advance(afterMs);
    if (reload === true) {
      const result = await this.#host?.reload("requested");
      if (result?.ok === false) problems.push(result.error.message);
    }
    if (restart === true) {
      await this.#host?.close();
      await this.open();
    }
    for (const [name, value] of Object.entries(signal ?? {})) this.#host?.setSignal(name, value);
    if (signal !== undefined) await this.#advance(0); // the skills have seen it
    const actual = { ...found, said: this.#said.splice(0) };
    for (const [name, expected] of Object.entries(expect)) {
      const problem = mismatch(name, expected, Reflect.get(actual, name));
      if (problem !== undefined) problems.push(problem);
    }
    return "error" in found && found.error !== undefined ? [found.error, ...problems] : problems;
  }

  async #say(text: string): Promise<Found> {
    const { intent, further = [] } = await this.#options.understand(text);
    if (intent === null) return { intent: null, slots: {}, reply: [] };
    const utteranceId = `u${++this.#utterances}`;
    const { name, slots } = intent;
    const reply: string[] = [];
    let error: string | undefined;
    for (const meant of [intent, ...further]) {
      const command = { intent: meant.name, slots: meant.slots, text, utteranceId };
      const answer = await this.#host?.handle(command);
      reply.push(...(answer?.replies ?? []).map(wordsOf));
      if (answer?.handled === false) error ??= `no skill handles ${meant.name}`;
      else error ??= answer?.error && describe(answer.error);
    }
    return { intent: name, slots, reply, error };
  }

  async #advance(ms: number): Promise<void> {
    this.#nowMs += ms;
    await this.#host?.advance(ms);
  }

  #take(event: SkillEvent): void {
    const { onNote } = this.#options;
    if (event.type === "say" || event.type === "alert") this.#said.push(wordsOf(event.reply));
    if (event.type === "log") onNote(`${event.skill}: ${event.message}`);
    if (event.type === "crashed") onNote(event.error.message);
  }
}

type Found = {
  readonly intent?: string | null;
  readonly slots?: Readonly<Record<string, unknown>>;
  readonly reply?: readonly string[];
  readonly error?: string | undefined;
};

function wordsOf(reply: SkillReply): string {
  return "text" in reply ? reply.text : reply.key;
}

function describe({ place, message }: { place?: string; message: string }): string {
  return place === undefined ? message : `${place}: ${message}`;
}
