import { isDeepStrictEqual } from "node:util";
import { readYaml } from "../../base/yaml/read-yaml.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

/** The expected result of a step; an absent field accepts anything. */
type Expectation = {
  /** Null: not a command. */
  readonly intent?: string | null;
  readonly slots?: Readonly<Record<string, unknown>>;
  /** Texts or keys of the replies; a text between slashes is a regular expression. */
  readonly reply?: string | readonly string[];
  /** Replies since the previous step that no command asked for, such as those of timers. */
  readonly said?: string | readonly string[];
};

/** One step of a test: a sentence, a passage of time, a reload, a restart or a shared value. */
export type SkillTestStep = {
  readonly line: number;
  readonly say?: string;
  readonly afterMs?: number;
  readonly reload?: true;
  readonly restart?: true;
  readonly signal?: Readonly<Record<string, unknown>>;
  readonly expect: Expectation;
};

/** Steps that share skills, from a fresh start. */
export type SkillTest = {
  readonly file: string;
  /** When it begins, ms since 1970. */
  readonly clockMs: number;
  readonly steps: readonly SkillTestStep[];
};

const ACTIONS = ["say", "after", "reload", "restart", "signal"];
const DEFAULT_CLOCK = "2030-01-01T12:00";
const EXPECTATIONS = ["intent", "slots", "reply", "said"];

/**
 * Reads a file of steps: a list of them, or `{ clock, steps }`.
 * @throws EarshotError CONFIG_INVALID with the place of the mistake
 */
export function readSkillTest(file: string): SkillTest {
  const expected = "expected a list of steps, such as: - say: hello";
  const root = readYaml(file, { code: "CONFIG_INVALID", expected, empty: expected });
  if (root.isMap && !root.entries().some(([key]) => key === "steps")) root.fail(expected);
  const keys = root.isMap ? root.record(["clock", "steps"], "a skill test") : undefined;
  const steps = keys === undefined ? root : (keys.get("steps") ?? root.fail(expected));
  const clock = keys?.get("clock");
  return {
    file,
    clockMs: clock === undefined ? Date.parse(DEFAULT_CLOCK) : readClock(clock),
    steps: steps.items().map(readStep),
  };
}

/** Why something is not as expected; undefined when it is. */
export function mismatch(name: string, expected: unknown, actual: unknown): string | undefined {
  const isRight = matches(expected, actual);
  return isRight ? undefined : `${name}: expected ${show(expected)}, and it was ${show(actual)}`;
}

function matches(expected: unknown, actual: unknown): boolean {
  if (typeof expected === "string" && Array.isArray(actual)) return matches([expected], actual);
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return (
      expected.length === actual.length && expected.every((part, at) => matches(part, actual[at]))
    );
  }
  const pattern = typeof expected === "string" ? toPattern(expected) : undefined;
  if (pattern === undefined) return isDeepStrictEqual(expected, actual);
  return typeof actual === "string" && pattern.test(actual);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

function readStep(node: YamlValue): SkillTestStep {
  const keys = node.record([...ACTIONS, "expect"], "a step");
  if (ACTIONS.filter((key) => keys.has(key)).length !== 1) {
    return node.fail(`a step needs one of ${ACTIONS.join(", ")}`);
  }
  const [say, after, signal] = ["say", "after", "signal"].map((key) => keys.get(key));
  return {
    line: node.line,
    expect: readExpectation(keys.get("expect")),
    ...(say && { say: say.writtenText() }),
    ...(after && { afterMs: after.durationMs() }),
    ...(isAsked(keys.get("reload"), "reload") && { reload: true }),
    ...(isAsked(keys.get("restart"), "restart") && { restart: true }),
    ...(signal && { signal: signal.plainMap() }),
  };
}

function isAsked(node: YamlValue | undefined, action: string): boolean {
  return node !== undefined && (node.flag() || node.fail(`${action}: true, or another step`));
}

function readExpectation(node: YamlValue | undefined): Expectation {
  const keys = node?.record(EXPECTATIONS, "expect");
  const [intent, slots] = ["intent", "slots"].map((key) => keys?.get(key));
  const [reply, said] = ["reply", "said"].map((key) => keys?.get(key));
  return {
    ...(intent && { intent: intent.isNull ? null : intent.writtenText() }),
    ...(slots && { slots: slots.plainMap() }),
    ...(reply && { reply: readSpoken(reply) }),
    ...(said && { said: readSpoken(said) }),
  };
}

/** A text, or a list of them; one between slashes is a regular expression. */
function readSpoken(node: YamlValue): string | readonly string[] {
  if (node.isList) return node.items().map(readPattern);
  return readPattern(node);
}

function readPattern(node: YamlValue): string {
  const text = node.writtenText();
  try {
    toPattern(text);
    return text;
  } catch (error) {
    return node.fail(error instanceof Error ? error.message : String(error));
  }
}

function toPattern(text: string): RegExp | undefined {
  const [, pattern, flags] = /^\/(.+)\/(i?)$/.exec(text) ?? [];
  return pattern === undefined ? undefined : new RegExp(pattern, flags);
}

function readClock(node: YamlValue): number {
  const ms = Date.parse(node.writtenText());
  return Number.isNaN(ms) ? node.fail(`clock: it is not like ${DEFAULT_CLOCK}`) : ms;
}
