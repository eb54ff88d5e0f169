import { describe, expect, test } from "vitest";
import { EarshotError } from "../../../src/errors.ts";
import { ARC, type Automaton } from "../../../src/grammar/automaton.ts";
import { speechGrammar } from "../../../src/grammar/speech-grammar.ts";
import { GrammarDecoder } from "../../../src/stt/decoders/grammar-decoder.ts";
import type { ModelLexicon } from "../../../src/stt/network/model-lexicon.ts";
import type { Form } from "../../../src/models/word-forms.ts";
import { CALIBRATION } from "../calibration.ts";
import { posteriorsOf } from "../posteriors.ts";
import { tinyAutomaton } from "../tiny-automaton.ts";

const PHONES = ["_", "a", "b", "k", "t"];

/** Words are spelt as they sound; "x" in a word makes it unsayable, "tat" has a second form "ta" before vowels. */
const lexicon: ModelLexicon = {
  formsOf: (word) => (word.includes("x") ? [] : [...form(word), ...liaison(word)]),
  isVowel: PHONES.map((phone) => phone === "a"),
};

function form(sounds: string, before: Form["before"] = "any"): Form[] {
  const phones = Uint8Array.from(sounds, (sound) => PHONES.indexOf(sound));
  return [{ phones, costNats: 0, before }];
}

function liaison(word: string): Form[] {
  return word === "kab" ? form("ka", "vowel") : [];
}

function decode(automaton: Automaton, ...frames: string[]) {
  const decoder = new GrammarDecoder(automaton, lexicon, CALIBRATION);
  return decoder.decode(posteriorsOf(PHONES, frames), () => ["ba", "ka"], {});
}

const LIST = {
  thing: {
    oneOf: [
      { value: "first", of: "ta" },
      { value: "second", of: "tab" },
      { value: "third", of: "ka kab" },
    ],
  },
} as const;

const SWITCH = tinyAutomaton(
  [
    { intent: "on", piece: ["ba", { call: "thing", slot: "name" }] },
    { intent: "off", piece: [{ call: "thing", slot: "name" }, "bat"] },
    { intent: "loose", piece: ["kab", { optional: "at" }] },
  ],
  LIST,
);

describe("decoding through templates", () => {
  test("the phones of a sentence give its intent, slot, words and times", () => {
    const [best] = decode(SWITCH, "_", "b", "a", "a", "_", "t", "_", "a", "b", "_");
    expect(best).toMatchObject({ intent: "on", slots: { name: "second" }, text: "ba tab" });
    expect(best?.words).toEqual([
      { index: expect.any(Number), text: "ba", startFrame: 1, endFrame: 4 },
      { index: expect.any(Number), text: "tab", startFrame: 5, endFrame: 9 },
    ]);
  });

  test("the score is the log-probability of the path", () => {
    const [best] = decode(SWITCH, "b", "a", "t", "a");
    const { score, costNats } = best!.sequence;
    expect(score + costNats).toBeCloseTo(4 * Math.log(0.99), 5);
  });

  test("a list in two sentences is entered once and left to the right one", () => {
    const [best] = decode(SWITCH, "k", "a", "_", "k", "a", "b", "_", "b", "a", "t");
    expect(best).toMatchObject({ intent: "off", slots: { name: "third" } });
  });

  test("equal phones need a blank between them", () => {
    const twice = tinyAutomaton([
      { intent: "single", piece: "ta" },
      { intent: "double", piece: "taa" },
    ]);
    expect(decode(twice, "t", "a", "a", "a")[0]?.intent).toBe("single");
    expect(decode(twice, "t", "a", "_", "a")[0]?.intent).toBe("double");
  });

  test("equal phones across two words need a blank too", () => {
    const words = tinyAutomaton([
      { intent: "two", piece: "at ta" },
      { intent: "one", piece: "ata" },
    ]);
    expect(decode(words, "a", "t", "t", "a")[0]?.intent).toBe("one");
    expect(decode(words, "a", "t", "_", "t", "a")[0]?.intent).toBe("two");
  });

  test("runners-up come with other slots, once each, in the order of their scores", () => {
    const hypotheses = decode(SWITCH, "b", "a", "t", "a", "b=0.6 _=0.39", "_");
    expect(hypotheses.slice(0, 2).map((r) => r.slots["name"])).toEqual(["second", "first"]);
    expect(hypotheses[0]!.sequence.score).toBeGreaterThan(hypotheses[1]!.sequence.score);
  });

  test("a form for before vowels is not heard before consonants, nor at the end", () => {
    expect(decode(SWITCH, "k", "a", "_", "a", "t")[0]?.text).toBe("kab at");
    const atEnd = decode(SWITCH, "k", "a", "_", "_")[0]!.sequence;
    expect(atEnd.score).toBeLessThan(-4);
  });

  test("a word that cannot be said closes its way, not the others", () => {
    const automaton = tinyAutomaton([
      { intent: "mute", piece: "xa" },
      { intent: "said", piece: { oneOf: ["xb", "ka"] } },
    ]);
    const hypotheses = decode(automaton, "k", "a");
    expect(hypotheses.map((r) => r.intent)).toEqual(["said"]);
  });

  test("words of any spelling are written down by the speller", () => {
    const automaton = tinyAutomaton(
      [{ intent: "note", piece: ["ba", { call: "any", slot: "text" }] }],
      {
        any: [{ any: true }, { optional: { any: true } }],
      },
    );
    const [best] = decode(automaton, "b", "a", "_", "k", "t", "a", "k");
    expect(best).toMatchObject({ intent: "note", slots: { text: "ba ka" }, text: "ba ba ka" });
  });

  test("no command follows from words of any spelling alone", () => {
    const any = {
      any: [{ any: true }, { optional: { any: true } }, { optional: { any: true } }],
    } as const;
    const note = { intent: "note", piece: ["ba", { call: "any", slot: "text" }] } as const;
    const automaton = speechGrammar(tinyAutomaton([note, { intent: "stop", piece: "ta" }], any), {
      negatives: [],
    });
    const formsOf = (word: string): readonly Form[] =>
      /^[abkt]+$/.test(word) ? lexicon.formsOf(word) : [];
    const decoder = new GrammarDecoder(automaton, { ...lexicon, formsOf }, CALIBRATION);
    const heard = posteriorsOf(PHONES, ["b", "a", "_", "k", "a", "k", "_", "t", "a"]);
    const [best] = decoder.decode(heard, () => ["ka", "and", "ta"], {});
    expect(best).toMatchObject({ slots: { text: "ka and ta" }, further: [] });
  });

  test("a sentence needs the context that it asks for", () => {
    const here = SWITCH.outputs.map((output) =>
      output.type === "sentence" && output.intent === "on"
        ? { ...output, requiresContext: { room: ["hall"] } }
        : output,
    );
    const decoder = new GrammarDecoder({ ...SWITCH, outputs: here }, lexicon, CALIBRATION);
    const heard = posteriorsOf(PHONES, ["b", "a", "_", "t", "a"]);
    expect(decoder.decode(heard, () => [], { context: { room: "hall" } })[0]?.intent).toBe("on");
    expect(decoder.decode(heard, () => [], {}).map((r) => r.intent)).not.toContain("on");
  });

  test("a partial is what was said before the end of a sentence", () => {
    const decoder = new GrammarDecoder(SWITCH, lexicon, CALIBRATION);
    expect(decoder.partial(posteriorsOf(PHONES, ["b", "a", "_", "k", "a", "_"]))).toBe("ba ka");
  });

  test("rules in rules return to where they were called", () => {
    const automaton = tinyAutomaton(
      [
        { intent: "a", piece: [{ call: "outer", slot: "s" }, "ta"] },
        { intent: "b", piece: ["ta", { call: "outer", slot: "s" }] },
      ],
      {
        inner: {
          oneOf: [
            { value: "k", of: "ka" },
            { value: "b", of: "ba" },
          ],
        },
        outer: [{ call: "inner" }, { optional: { call: "inner" } }],
      },
    );
    expect(decode(automaton, "k", "a", "b", "a", "t", "a")[0]).toMatchObject({ intent: "a" });
    expect(decode(automaton, "t", "a", "k", "a", "b", "a")[0]).toMatchObject({
      intent: "b",
      text: "ta ka ba",
    });
  });

  test("a rule that refers to itself is refused by name", () => {
    const automaton = tinyAutomaton([{ intent: "a", piece: { call: "self" } }], {
      self: { oneOf: ["ta", { call: "self" }] },
    });
    expect(automaton.arcKind).toContain(ARC.call);
    expect(() => new GrammarDecoder(automaton, lexicon, CALIBRATION)).toThrow(EarshotError);
    expect(() => new GrammarDecoder(automaton, lexicon, CALIBRATION)).toThrow("<self>");
  });
});
