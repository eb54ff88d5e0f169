import type { Understanding } from "../../src/grammar/understanding.ts";
import type { HomeTest } from "./home-assistant-tests.ts";

export type Verdict = "right" | "wrong intent" | "wrong slots" | "ambiguous" | "rejected";

/** Judges an answer as Home Assistant's test runner does: the intent, every slot, and no other slot. */
export function judge(answer: Understanding, test: HomeTest): Verdict {
  const { intent } = answer;
  if (!intent) return answer.decision === "ambiguous" ? "ambiguous" : "rejected";
  if (intent.name !== test.intent) return "wrong intent";
  const names = Object.keys(intent.slots).filter((name) => !test.ignored.includes(name));
  const expected = Object.keys(test.slots);
  const right =
    names.length === expected.length &&
    expected.every((name) => agrees(intent.slots[name], test.slots[name]));
  return right ? "right" : "wrong slots";
}

/** Either side may be a list: accepted values, or the things that one word stands for. */
function agrees(actual: unknown, expected: unknown): boolean {
  if (actual === undefined) return false;
  if (Array.isArray(actual) && Array.isArray(expected))
    return expected.every((value) => actual.includes(value));
  if (Array.isArray(actual)) return actual.includes(expected);
  return Array.isArray(expected) ? expected.includes(actual) : actual === expected;
}
