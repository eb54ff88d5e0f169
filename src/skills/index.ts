import type { Socket } from "node:net";
import { inspect } from "node:util";
import type { SupervisedChild } from "../lifetime/resources/child-process.ts";
import type { SpawnOptions } from "../lifetime/resources/spawn-child.ts";
import { parseDurationMs } from "../base/duration.ts";
import { sayDuration as durationIn } from "../grammar/values/say-value.ts";
import type { Language } from "../languages/language.ts";
import { assertOptionNames, type OptionNames } from "../base/option-names.ts";
import type { SkillReply, Slots } from "./host/skill-events.ts";
import type { ConnectTarget } from "./thread/resources.ts";
import type { Answer, HandledCommand, Handler, Hook, SkillUnit } from "./thread/skill-unit.ts";
import { skillOfApi } from "./thread/skill-url.ts";
import { theThread } from "./thread/the-thread.ts";
import { toReply } from "./thread/to-reply.ts";

export type { Answer, ConnectTarget, HandledCommand, SkillReply, Slots, SpawnOptions };

/** Milliseconds, or "500ms", "30s", "2m", "1h". */
export type Duration = number | string;

const name = skillOfApi(import.meta.url) ?? "unknown";

function unit(): SkillUnit {
  return theThread().unit(name);
}

function toMs(duration: Duration): number {
  return typeof duration === "number" ? duration : parseDurationMs(duration);
}

function assertFunction(value: unknown, of: string): void {
  if (typeof value !== "function")
    throw new TypeError(`${of} needs a function, not ${inspect(value)}`);
}

/**
 * Handles the commands of an intent of your sentence templates. What `handler` returns is said, unless `say` has
 * said it already. An intent has one handler.
 *
 * ```js
 * onIntent("SetTimer", ({ slots }) => say(`Timer for ${slots.minutes} minutes`));
 * ```
 */
export function onIntent<S extends Slots = Slots>(
  intent: string,
  handler: (command: HandledCommand<S>) => Answer | Promise<Answer>,
): void {
  assertFunction(handler, "onIntent");
  theThread().assertTakes(unit(), "onIntent");
  // The slots are what the templates say they are.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  theThread().addHandler(unit(), intent, handler as unknown as Handler);
}

/**
 * Runs `cleanup` when the skills are reloaded or the program ends, by whatever way short of SIGKILL: in the order
 * of registration, each within 2 s, whatever the others do.
 */
export function onCleanup(cleanup: () => unknown): void {
  assertFunction(cleanup, "onCleanup");
  theThread().assertTakes(unit(), "onCleanup");
  const what = `${name}: cleanup ${unit().cleanups + 1}`;
  theThread().addCleanup(unit(), what, cleanup);
}

/**
 * Calls `callback` every `period`, first after one period; it is awaited, so that calls never overlap, and delays
 * do not add up. Dispose of the result to stop it.
 */
export function every(period: Duration, callback: () => unknown): Disposable {
  assertFunction(callback, "every");
  theThread().assertTakes(unit(), "every");
  const periodMs = toMs(period);
  if (!(periodMs > 0 && periodMs < 2 ** 31)) {
    throw new RangeError(`every needs a time in (0, 2³¹) ms, not ${inspect(period)}`);
  }
  return theThread().every(unit(), String(period), periodMs, callback);
}

/**
 * Says a text, or the reply of a key such as "lights.on", with its slots. In a handler it is part of the answer;
 * elsewhere it is said by itself.
 */
export function say(text: string, slots: Slots = {}): SkillReply {
  if (typeof text !== "string") throw new TypeError(`say needs a text, not ${inspect(text)}`);
  return theThread().say(unit(), toReply(text, slots));
}

type AlertOptions = {
  readonly name?: string;
  readonly cooldown?: Duration;
  readonly slots?: Slots;
};

const ALERT_NAMES = {
  name: true,
  cooldown: true,
  slots: true,
} satisfies OptionNames<AlertOptions>;

/**
 * Says something that people should know without having asked, at most once per `cooldown` (default 1m) under the
 * same name, also across reloads. False: it was said less than that ago.
 */
export function alert(text: string, options: AlertOptions = {}): boolean {
  if (typeof text !== "string") throw new TypeError(`alert needs a text, not ${inspect(text)}`);
  assertOptionNames("alert", options, ALERT_NAMES);
  const reply = toReply(text, options.slots ?? {});
  return theThread().alert(unit(), options.name ?? text, reply, toMs(options.cooldown ?? "1m"));
}

type Level = "debug" | "info" | "warn" | "error";

/** Tells the events and the log of `earshot run`; anything but texts is inspected. */
export const log: ((...what: readonly unknown[]) => void) &
  Readonly<Record<Exclude<Level, "info">, (...what: readonly unknown[]) => void>> = Object.assign(
  logAt("info"),
  { debug: logAt("debug"), warn: logAt("warn"), error: logAt("error") },
);

/** Values that all skills share, by name; `on` listens to changes. "listening" is true while somebody speaks. */
export const signals: {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(name: string, listener: (value: unknown) => void): Disposable;
} = {
  get: (signal) => theThread().signals.get(signal),
  set: (signal, value) => theThread().signals.set(signal, value),
  on: (signal, listener) => theThread().signals.on(signal, listener),
};

/** JSON values that outlive reloads and restarts: change it, however deep, and it is saved. Your skill's own. */
export const state: Record<string, unknown> = new Proxy<Record<string, unknown>>(
  {},
  {
    get: (_, key) => Reflect.get(unit().state.root, key),
    set: (_, key, value) => Reflect.set(unit().state.root, key, value),
    has: (_, key) => Reflect.has(unit().state.root, key),
    deleteProperty: (_, key) => Reflect.deleteProperty(unit().state.root, key),
    ownKeys: () => Reflect.ownKeys(unit().state.root),
    getOwnPropertyDescriptor: (_, key) => {
      const found = Reflect.getOwnPropertyDescriptor(unit().state.root, key);
      return found === undefined
        ? undefined
        : { ...found, value: Reflect.get(unit().state.root, key) };
    },
  },
);

/** `state` with these values where it has none yet, and their types. */
export function persisted<T extends object>(defaults: T): T {
  for (const [key, value] of Object.entries(defaults)) state[key] ??= value;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has what it lacked now
  return unit().state.root as T;
}

/** Starts a program that ends with the skills, together with everything that it has started. */
export function spawn(
  command: string,
  args: readonly string[] = [],
  options: SpawnOptions = {},
): Promise<SupervisedChild> {
  return theThread().resources.spawn(command, args, options);
}

/** A socket that is closed after your cleanups, with what they have written sent. Its errors are logged. */
export function connect(target: ConnectTarget): Socket {
  const owner = unit();
  return theThread().resources.connect(target, ({ message }) =>
    theThread().tell({ type: "log", skill: owner.name, level: "warn", message }),
  );
}

/** The time, ms since 1970; `earshot skills test` can move it. */
export function now(): number {
  return theThread().ticks.now();
}

/** Language of the users: "en" or "fr". */
export function language(): Language {
  return theThread().start.language;
}

/** A number of seconds as people say it here: 5400 → "one hour and thirty minutes". */
export function sayDuration(seconds: number): string {
  return durationIn(Math.round(seconds), language());
}

/** Runs once, before the first `onStart` of all. */
export function onInstall(callback: () => unknown): void {
  addHook("onInstall", callback);
}

/** Runs when the skills have taken over: after every load, and after the cleanups of those before. */
export function onStart(callback: () => unknown): void {
  addHook("onStart", callback);
}

/** Runs before the cleanups. */
export function onStop(callback: () => unknown): void {
  addHook("onStop", callback);
}

/** Runs, after `onStop`, when a reload finds that the skill has been removed. */
export function onUninstall(callback: () => unknown): void {
  addHook("onUninstall", callback);
}

/** Runs after the cleanups of a skill that has been removed. */
export function afterUninstall(callback: () => unknown): void {
  addHook("afterUninstall", callback);
}

function addHook(hook: Hook, callback: () => unknown): void {
  assertFunction(callback, hook);
  theThread().assertTakes(unit(), hook);
  const { hooks } = unit();
  hooks.set(hook, [...(hooks.get(hook) ?? []), callback]);
}

function logAt(level: Level): (...what: readonly unknown[]) => void {
  return (...what) => {
    const message = what.map((part) => (typeof part === "string" ? part : inspect(part))).join(" ");
    theThread().tell({ type: "log", skill: name, level, message });
  };
}
