import path from "node:path";
import { readYaml } from "../../base/yaml/read-yaml.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";
import { fieldsIn } from "./fill.ts";

/** The action for an intent: one of `run`, `shell`, `http`, `mqtt` and `tcp`. Texts may contain {slots}. */
export type CommandRule = {
  readonly intent: string;
  /** A program and its arguments, each as it is: no shell reads them. */
  readonly run?: readonly string[] | undefined;
  /** A shell command; the slots are variables: $room. */
  readonly shell?: string | undefined;
  readonly http?: HttpCommand | undefined;
  readonly mqtt?: MqttCommand | undefined;
  readonly tcp?: TcpCommand | undefined;
  /** Reply after success; `{output}` is the output or the answer. */
  readonly say?: string | undefined;
  /** Reply after a failure; without it the command counts as failed. */
  readonly fail?: string | undefined;
};

export type HttpCommand = {
  readonly url: string;
  /** @default "GET", or "POST" with `json` or `body` */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly json?: unknown;
  readonly body?: string | undefined;
};

export type MqttCommand = {
  /** "host" or "host:port". */
  readonly broker: string;
  readonly topic: string;
  readonly payload?: string | undefined;
  readonly retain?: boolean | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
};

export type TcpCommand = {
  /** "host:port", or the path of a Unix socket. */
  readonly to: string;
  readonly send: string;
};

type Keys = ReadonlyMap<string, YamlValue>;

const ACTIONS = ["run", "shell", "http", "mqtt", "tcp"];
const HTTP_KEYS = ["url", "method", "headers", "json", "body"];
const MQTT_KEYS = ["broker", "topic", "payload", "retain", "user", "password"];
const TCP_KEYS = ["to", "send"];
/** Methods that `fetch` sends without a body. */
const BODILESS = ["GET", "HEAD"];

/** A file of commands, by intent. @throws EarshotError SKILL_INVALID with the place of the mistake */
export function readCommands(file: string, folder: string): CommandRule[] {
  const expected = "expected intents, each with what to do";
  const root = readYaml(
    file,
    { code: "SKILL_INVALID", expected, empty: expected },
    path.relative(folder, file),
  );
  return root.entries().map(([intent, value, keyNode]) => {
    const command = readCommand(intent, value, keyNode);
    assertVariables(command, keyNode);
    return command;
  });
}

function readCommand(intent: string, node: YamlValue, keyNode: YamlValue): CommandRule {
  const keys = node.record([...ACTIONS, "say", "fail"], `what to do for ${intent}`);
  if (ACTIONS.filter((key) => keys.has(key)).length !== 1) {
    return keyNode.fail(`${intent}: needs one of ${ACTIONS.join(", ")}`);
  }
  const [run, http, mqtt, tcp] = ["run", "http", "mqtt", "tcp"].map((key) => keys.get(key));
  return {
    intent,
    run: run && readRun(run),
    shell: keys.get("shell")?.writtenText(),
    http: http && readHttp(http),
    mqtt: mqtt && readMqtt(mqtt),
    tcp: tcp && readTcp(tcp),
    say: keys.get("say")?.writtenText(),
    fail: keys.get("fail")?.writtenText(),
  };
}

function readRun(node: YamlValue): readonly string[] {
  const parts = node.isList ? node.items().map((part) => part.writtenText()) : [];
  return parts.length > 0 ? parts : node.fail('run needs a list: ["mpc", "toggle"]');
}

function readHttp(node: YamlValue): HttpCommand {
  const keys = node.record(HTTP_KEYS, "http");
  const headers = keys.get("headers")?.entries();
  const method = keys.get("method")?.writtenText();
  const [json, body] = [keys.get("json"), keys.get("body")];
  if (json && body) json.fail("http takes json or body, not both");
  if (BODILESS.includes(method?.toUpperCase() ?? "")) {
    (json ?? body)?.fail(`http sends no ${json ? "json" : "body"} with ${method}`);
  }
  return {
    url: needed(node, keys, "http", "url"),
    method,
    headers: headers && Object.fromEntries(headers.map(([name, v]) => [name, v.writtenText()])),
    json: json?.plain(),
    body: body?.writtenText(),
  };
}

function readMqtt(node: YamlValue): MqttCommand {
  const keys = node.record(MQTT_KEYS, "mqtt");
  return {
    broker: needed(node, keys, "mqtt", "broker"),
    topic: needed(node, keys, "mqtt", "topic"),
    payload: keys.get("payload")?.writtenText(),
    retain: keys.get("retain")?.flag(),
    user: keys.get("user")?.writtenText(),
    password: keys.get("password")?.writtenText(),
  };
}

function readTcp(node: YamlValue): TcpCommand {
  const keys = node.record(TCP_KEYS, "tcp");
  return { to: needed(node, keys, "tcp", "to"), send: needed(node, keys, "tcp", "send") };
}

function needed(node: YamlValue, keys: Keys, action: string, key: string): string {
  return keys.get(key)?.writtenText() ?? node.fail(`${action} needs ${key}`);
}

/** A missing secret is an error when the skills are loaded, not when somebody speaks. */
function assertVariables(command: CommandRule, keyNode: YamlValue): void {
  const missing = fieldsIn(command).variables.find((name) => process.env[name] === undefined);
  if (missing !== undefined) keyNode.fail(`${command.intent}: the environment has no ${missing}`);
}
