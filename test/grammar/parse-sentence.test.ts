import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSentence, SentenceSyntaxError } from "../../src/grammar/templates/parse-sentence.ts";

const text = (value: string) => ({ type: "text", text: value });

describe("a sentence template", () => {
  test("is text when it has no brackets, spaces and all", () => {
    expect(parseSentence("turn it  on")).toEqual(text("turn it  on"));
  });

  test("may have optional parts, glued to a word", () => {
    expect(parseSentence("light[s]")).toEqual({
      type: "sequence",
      items: [text("light"), { type: "alternatives", items: [text("s")], optional: true }],
    });
  });

  test("may have alternatives without brackets around them", () => {
    expect(parseSentence("a|b")).toEqual({
      type: "alternatives",
      items: [text("a"), text("b")],
      optional: false,
    });
  });

  test("may have parts in any order", () => {
    expect(parseSentence("(a;b;c)")).toEqual({
      type: "permutation",
      items: [text("a"), text("b"), text("c")],
    });
  });

  test("refers to rules and lists, a list under another slot name too", () => {
    expect(parseSentence("<turn>{area:room}{name}")).toEqual({
      type: "sequence",
      items: [
        { type: "rule", name: "turn", offset: 0 },
        { type: "list", name: "area", slot: "room", offset: 6 },
        { type: "list", name: "name", slot: "name", offset: 17 },
      ],
    });
  });

  test("may have a range in place", () => {
    expect(parseSentence("{-10..100,10:level}")).toEqual({
      type: "range",
      range: { from: -10, to: 100, step: 10, multiplier: 1, fractions: "none" },
      slot: "level",
      offset: 0,
    });
  });

  test("takes escaped brackets literally", () => {
    expect(parseSentence("\\[a\\|b\\\\")).toEqual(text("[a|b\\"));
  });

  test.each([
    ["turn (on", 5, /"\(" is never closed/],
    ["turn [on", 5, /"\[" is never closed/],
    ["turn on)", 7, /"\)" without an opening "\("/],
    ["{name", 0, /"{" is never closed/],
    ["<rule", 0, /"<" is never closed/],
    ["a {} b", 2, /not a name/],
    ["a {two words} b", 2, /not a name/],
    ["{:slot}", 0, /write {list} or {list:slot}/],
    ["{0..100}", 0, /needs a slot/],
    ["{9..1:x}", 0, /empty range/],
    ["(a;b|c)", 4, /put one of them in brackets/],
    ["(a;b;c;d;e;f;g;h)", 0, /more than 7 parts/],
    ["oops\\", 4, /escapes nothing/],
    ["(".repeat(100_000), 60, /nested deeper/],
  ])("is refused at the place of its mistake: %.20s", (template, offset, message) => {
    const parse = (): unknown => parseSentence(template);
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ offset }));
  });

  test("either parses or is refused at a place within it, whatever it is", () => {
    const template = fc.string({ unit: fc.constantFrom(..."ab ([{<|;:.>}])\\é1'-".split("")) });
    fc.assert(
      fc.property(template, (sentence) => {
        const offset = offsetOfMistake(sentence);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(sentence.length);
      }),
    );
  });
});

/** 0 when there is none. */
function offsetOfMistake(sentence: string): number {
  try {
    parseSentence(sentence);
    return 0;
  } catch (error) {
    if (error instanceof SentenceSyntaxError) return error.offset;
    throw error;
  }
}
