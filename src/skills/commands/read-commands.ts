import { readFileSync } from "node:fs";
import path from "node:path";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { EarshotError } from "../../errors.ts";
import { fieldsIn } from "./fill.ts";

/** What to do for an intent: one of `run`, `shell`, `http`, `mqtt` and `tcp`; texts may hold {slots}. */
export type Command = {
  readonly intent: string;
  /** A program and its arguments, each as it is: no shell reads them. */
  readonly run?: readonly string[];
  /** For a shell, which finds the slots as variables: $room. */
  readonly shell?: string;
  readonly http?: HttpCommand;
  readonly mqtt?: MqttCommand;
  readonly tcp?: TcpCommand;
  /** What is said when it worked; `{output}` is what it printed or answered. */
  readonly say?: string;
  /** What is said when it did not; else the command counts as failed. */
  readonly fail?: string;
};

export type HttpCommand = {
  readonly url: string;
  /** @default "GET", or "POST" with `json` or `body` */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
};

export type MqttCommand = {
  /** "host" or "host:port". */
  readonly broker: string;
  readonly topic: string;
  readonly payload?: string;
  readonly retain?: boolean;
  readonly user?: string;
  readonly password?: string;
};

export type TcpCommand = {
  /** "host:port", or the path of a Unix socket. */
  readonly to: string;
  readonly send: string;
};

const ACTIONS = ["run", "shell", "http", "mqtt", "tcp"];
const KEYS: Readonly<Record<string, readonly string[]>> = {
  http: ["url", "method", "headers", "json", "body"],
  mqtt: ["broker", "topic", "payload", "retain", "user", "password"],
  tcp: ["to", "send"],
};
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  http: ["url"],
  mqtt: ["broker", "topic"],
  tcp: ["to", "send"],
};

/** A file of commands, by intent. @throws EarshotError SKILL_INVALID with the place of the mistake */
export function readCommands(file: string, folder: string): Command[] {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), {
    lineCounter: lines,
    prettyErrors: false,
  });
  const fail = (offset: number, message: string): never => {
    const place = `${path.relative(folder, file)}:${lines.linePos(offset).line}`;
    throw new EarshotError("SKILL_INVALID", message, { place });
  };
  const [error] = document.errors;
  if (error !== undefined) fail(error.pos[0], `not valid YAML: ${error.message}`);
  const { contents } = document;
  if (!isMap(contents)) return fail(0, "expected intents, each with what to do");
  return contents.items.map(({ key, value }) => {
    const at = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
    const intent = isScalar(key) ? String(key.value) : "";
    const command: unknown = isMap(value) ? value.toJS(document) : undefined;
    return toCommand(intent, command, (message) => fail(at, `${intent}: ${message}`));
  });
}

function toCommand(intent: string, given: unknown, fail: (message: string) => never): Command {
  if (!isRecord(given)) return fail(`needs one of ${ACTIONS.join(", ")}`);
  const actions = ACTIONS.filter((key) => key in given);
  const [action = ""] = actions;
  if (actions.length !== 1) fail(`needs one of ${ACTIONS.join(", ")}`);
  for (const key of Object.keys(given)) {
    if (![action, "say", "fail"].includes(key)) fail(`knows no "${key}" beside ${action}`);
  }
  const what = given[action];
  if (action === "run" && !isTexts(what)) fail('run needs a list: ["mpc", "toggle"]');
  if (action === "shell" && typeof what !== "string") fail("shell needs a text");
  if (action in KEYS) checkKeys(action, what, fail);
  assertVariables(given, fail);
  return { intent, ...given };
}

function checkKeys(action: string, what: unknown, fail: (message: string) => never): void {
  if (!isRecord(what)) return fail(`${action} needs ${NEEDED[action]?.join(" and ")}`);
  for (const key of NEEDED[action] ?? []) {
    if (typeof what[key] !== "string") fail(`${action} needs ${key}`);
  }
  for (const key of Object.keys(what)) {
    if (!KEYS[action]?.includes(key)) fail(`${action} knows no "${key}"`);
  }
}

/** A secret that is not there is told when the skills are loaded, and not when somebody speaks. */
function assertVariables(given: unknown, fail: (message: string) => never): void {
  for (const variable of fieldsIn(given).variables) {
    if (process.env[variable] === undefined) fail(`the environment has no ${variable}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((part) => typeof part === "string")
  );
}
