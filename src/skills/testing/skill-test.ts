import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { isMap, isSeq, LineCounter, parseDocument } from "yaml";
import { parseDurationMs } from "../../base/duration.ts";
import { EarshotError } from "../../errors.ts";

/** What is to come of a step; what is absent may be anything. */
type Expectation = {
  /** Null: not a command. */
  readonly intent?: string | null;
  readonly slots?: Readonly<Record<string, unknown>>;
  /** What is said, or the keys of it; a text between slashes is a regular expression. */
  readonly reply?: string | readonly string[];
  /** What is said without having been asked, by timers and the like: since the step before. */
  readonly said?: string | readonly string[];
};

/** One step of a test: a sentence, time that passes, a reload, a restart or a signal. */
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
const EXPECTATIONS = ["intent", "slots", "reply", "said"];

/**
 * Reads a file of steps: a list of them, or `{ clock, steps }`.
 * @throws EarshotError CONFIG_INVALID with the place of the mistake
 */
export function readSkillTest(file: string): SkillTest {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const [error] = document.errors;
  if (error !== undefined)
    throw invalid(file, lineAt(error.pos[0]), `not valid YAML: ${error.message}`);
  const root = document.contents;
  const list = isMap(root) ? root.get("steps", true) : root;
  if (!isSeq(list)) throw invalid(file, 1, "expected a list of steps, such as: - say: hello");
  const clock: unknown = isMap(root) ? root.get("clock") : undefined;
  const steps = list.items.map((item) => {
    const line = isMap(item) ? lineAt(item.range?.[0] ?? 0) : 1;
    const value: unknown = isMap(item) ? item.toJS(document) : undefined;
    return toStep(value, line, file);
  });
  return { file, clockMs: toClockMs(clock, file), steps };
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
  const pattern = typeof expected === "string" ? /^\/(.+)\/(i?)$/.exec(expected) : null;
  if (pattern === null) return isDeepStrictEqual(expected, actual);
  return typeof actual === "string" && new RegExp(pattern[1] ?? "", pattern[2]).test(actual);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}

function toStep(value: unknown, line: number, file: string): SkillTestStep {
  const fail = (message: string): never => {
    throw invalid(file, line, message);
  };
  if (!isRecord(value)) return fail("a step is a list item such as: - say: hello");
  const actions = ACTIONS.filter((key) => key in value);
  if (actions.length !== 1) fail(`a step needs one of ${ACTIONS.join(", ")}`);
  for (const key of Object.keys(value)) {
    if (key !== "expect" && !ACTIONS.includes(key)) fail(`a step knows no "${key}"`);
  }
  const expect = value["expect"] ?? {};
  if (!isRecord(expect)) return fail("expect: needs keys such as intent and reply");
  for (const key of Object.keys(expect)) {
    if (!EXPECTATIONS.includes(key)) fail(`expect knows no "${key}": ${EXPECTATIONS.join(", ")}`);
  }
  const { say, after, signal } = value;
  if ("say" in value && typeof say !== "string") fail("say needs a sentence");
  if ("signal" in value && !isRecord(signal)) fail("signal needs a name and a value");
  return {
    line,
    expect,
    ...(typeof say === "string" ? { say } : {}),
    ...("after" in value ? { afterMs: toMs(after, fail) } : {}),
    ...("reload" in value ? { reload: true } : {}),
    ...("restart" in value ? { restart: true } : {}),
    ...(isRecord(signal) ? { signal } : {}),
  };
}

function toMs(after: unknown, fail: (message: string) => never): number {
  try {
    return parseDurationMs(String(after));
  } catch (error) {
    return fail(`after: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function toClockMs(clock: unknown, file: string): number {
  const text = typeof clock === "string" ? clock : "2030-01-01T12:00";
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  throw invalid(file, 1, `clock: "${text}" is not like 2030-01-01T12:00`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const message = `${file} cannot be read: check the path and its permissions`;
    throw new EarshotError("CONFIG_INVALID", message, { cause, place: file });
  }
}

function invalid(file: string, line: number, message: string): EarshotError {
  return new EarshotError("CONFIG_INVALID", message, { place: `${file}:${line}` });
}
