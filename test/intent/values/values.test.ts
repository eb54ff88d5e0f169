import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SlotValue } from "../../../src/grammar/automaton.ts";
import { interpretPath } from "../../../src/grammar/interpret-path.ts";
import { parseWords } from "../../../src/stt/decoders/parse-words.ts";
import { toDigits } from "../../../src/grammar/text/to-digits.ts";
import { sayDuration, sayNumber, sayTime } from "../../../src/grammar/values/say-value.ts";
import { toClock, VALUE_TYPES, type ValueType } from "../../../src/grammar/values/value-type.ts";
import { compileAutomaton } from "../../../src/grammar/compile/compile-automaton.ts";
import { Matcher } from "../../../src/intent/engine/matcher.ts";
import type { Language } from "../../../src/languages/language.ts";
import { templatesOf } from "../../grammar/templates-of.ts";
import { ENGLISH_VALUES } from "./english-values.ts";
import { FRENCH_VALUES } from "./french-values.ts";
import { SETTINGS } from "../settings.ts";

const CASES: Readonly<Record<Language, Readonly<Record<ValueType, string>>>> = {
  en: ENGLISH_VALUES,
  fr: FRENCH_VALUES,
};

/** "x": nothing that anybody says. */
function casesOf(
  language: Language,
  type: ValueType,
): [said: string, value: SlotValue | undefined][] {
  return CASES[language][type]
    .trim()
    .split(/\n|; /)
    .map((line) => {
      const [said = "", value = ""] = line.split(" = ");
      if (value === "x") return [said, undefined];
      return [said, type === "time" || type === "color" ? value : Number(value)];
    });
}

function readerOf(language: Language, type: ValueType): (said: string) => SlotValue | undefined {
  const yaml = `intents: { I: { data: [{ sentences: ["set {v}"] }] } }\nlists: { v: { type: ${type} } }\n`;
  const matcher = new Matcher(compileAutomaton(templatesOf(yaml, { language })), SETTINGS);
  return (said) => matcher.matchExactly(`set ${said}`)?.intent?.slots["v"];
}

describe.each(["en", "fr"] as const)("in %s", (language) => {
  test.each(VALUE_TYPES)("every way to say a %s has its value", (type) => {
    const read = readerOf(language, type);
    const wrong = casesOf(language, type).filter(([said, value]) => read(said) !== value);
    expect(
      wrong.map(([said, value]) => `${said}: ${String(read(said))}, not ${String(value)}`),
    ).toEqual([]);
  });

  test("the table has 300 cases and more, none of them twice", () => {
    const said = VALUE_TYPES.flatMap((type) =>
      casesOf(language, type).map(([text]) => `${type} ${text}`),
    );
    expect(new Set(said).size).toBe(said.length);
    expect(said.length).toBeGreaterThanOrEqual(300);
  });

  test("what is said for a number, a duration, a time is understood as it", () => {
    const [number, duration, time] = (["number", "duration", "time"] as const).map((type) =>
      readerOf(language, type),
    );
    const numbers = fc.integer({ min: -99_990, max: 99_990 }).map((n) => n / 10);
    const seconds = fc.integer({ min: 0, max: 200_000 });
    const minutes = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(numbers, seconds, minutes, (n, s, m) => {
        expect(number?.(sayNumber(n, language))).toBe(n === 0 ? 0 : n);
        expect(number?.(String(n))).toBe(n === 0 ? 0 : n);
        expect(duration?.(sayDuration(s, language))).toBe(s);
        expect(time?.(sayTime(toClock(m), language))).toBe(toClock(m));
        expect(time?.(toClock(m))).toBe(toClock(m));
      }),
      { numRuns: 300 },
    );
  });

  test("numbers in words become digits, and are understood alike", () => {
    const values = fc.oneof(
      fc.integer({ min: 2, max: 99_999 }),
      fc.integer({ min: -9999, max: 9999 }).map((n) => n / 100),
    );
    fc.assert(
      fc.property(values, (n) => {
        fc.pre(![0, 1].includes(n));
        const digits = language === "fr" ? String(n).replace(".", ",") : String(n);
        expect(toDigits(`x ${sayNumber(n, language)} y`, language)).toBe(`x ${digits} y`);
      }),
    );
  });
});

test.each([
  ["fr", "mets vingt et un virgule cinq degrés", "mets 21,5 degrés"],
  ["fr", "une lampe sur deux, à quatre-vingts pour cent", "une lampe sur 2, à 80 pour cent"],
  ["fr", "il fait moins cinq", "il fait -5"],
  ["en", "set it to twenty-one point five", "set it to 21.5"],
  ["en", "a lamp in room one hundred and one", "a lamp in room 101"],
  ["en", "one of them", "one of them"],
  ["en", "already 21 there", "already 21 there"],
] as const)("%s: %s → %s", (language, said, written) => {
  expect(toDigits(said, language)).toBe(written);
});

test("speech is decoded through values too", () => {
  const yaml = `
intents: { Timer: { data: [{ sentences: ["set a timer (for {length}|at {when})"] }] } }
lists: { length: { type: duration }, when: { type: time } }
`;
  const automaton = compileAutomaton(templatesOf(yaml));
  const heard = (text: string): unknown => {
    const words = text
      .split(" ")
      .map((word) => ({ text: word, index: automaton.words.indexOf(word) }));
    const [path] = parseWords(automaton, words, {});
    return path && interpretPath(automaton, path.steps).slots;
  };
  expect(heard("set a timer for twenty five minutes")).toEqual({ length: 1500 });
  expect(heard("set a timer for an hour and a half")).toEqual({ length: 5400 });
  expect(heard("set a timer at quarter to seven")).toEqual({ when: "06:45" });
});
