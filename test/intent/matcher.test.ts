import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { sampleSentences } from "../../src/grammar/sample-sentences.ts";
import type { Understanding } from "../../src/grammar/understanding.ts";
import type { Automaton } from "../../src/grammar/automaton.ts";
import type { Context } from "../../src/grammar/context.ts";
import { Matcher, type MatcherOptions } from "../../src/intent/engine/matcher.ts";
import type { IntentSettings } from "../../src/intent/settings/intent-settings.ts";
import { WordComparer } from "../../src/intent/words/word-comparer.ts";
import { automatonOf, templatesOf } from "../grammar/templates-of.ts";
import { FRENCH_HOME, HOME } from "./home.ts";
import { SETTINGS } from "./settings.ts";

const english = (): { match: Match } =>
  matcherOf(compileAutomaton(templatesOf(HOME)), { skipWords: ["please", "can you"] });
const french = (): { match: Match } =>
  matcherOf(compileAutomaton(templatesOf(FRENCH_HOME, { language: "fr" })), {
    skipWords: ["s'il te plaît"],
  });

describe("word for word", () => {
  test.each<[string, string, Record<string, unknown>]>([
    ["Turn on the bedroom lamp!", "TurnOn", { name: "Bedroom Lamp" }],
    ["turn on the lamp in the bedroom", "TurnOn", { name: "Lamp", area: "bedroom" }],
    ["set the brightness of the lamp to 42 %", "Dim", { name: "Lamp", level: 42 }],
    ["set brightness of lamp to forty two percent", "Dim", { name: "Lamp", level: 42 }],
    ["can you please turn on the lamp", "TurnOn", { name: "Lamp" }],
    ["turn on, please, the lamp", "TurnOn", { name: "Lamp" }],
    [
      "play Something in the Way in the bedroom",
      "Play",
      { query: "Something in the Way", area: "bedroom" },
    ],
    ["add crème-fraîche & 2 eggs to my list", "Add", { item: "crème-fraîche & 2 eggs" }],
  ])("%s", (text, name, slots) => {
    expect(english().match(text)).toMatchObject({ decision: "accept", intent: { name, slots } });
    expect(english().match(text).intent?.slots).toEqual(slots);
    expect(english().match(text).intent?.confidence).toBeGreaterThan(0.95);
  });

  test.each<[string, Record<string, unknown>]>([
    ["allume la lampe de l’entrée", { name: "lampe de l'entrée" }],
    ["Allumer la lampe-torche s'il te plaît", { name: "lampe torche" }],
    ["mets la lampe torche à 71 %", { name: "lampe torche", level: 71 }],
    ["mets la lampe torche à septante et un pour cent", { name: "lampe torche", level: 71 }],
  ])("%s", (text, slots) => {
    expect(french().match(text).intent?.slots).toEqual(slots);
  });
});

describe("misheard, mistyped, run together", () => {
  test.each<[string, string, Record<string, unknown>]>([
    ["turn on teh bedrom lamp", "TurnOn", { name: "Bedroom Lamp" }],
    ["turnon the lamp", "TurnOn", { name: "Lamp" }],
    ["turn on the bed room lamp", "TurnOn", { name: "Bedroom Lamp" }],
    ["turn on the bed ro om lamp", "TurnOn", { name: "Bedroom Lamp" }],
    ["turn on pleese the lamp", "TurnOn", { name: "Lamp" }],
    ["uh turn on well the bedroom lamp", "TurnOn", { name: "Bedroom Lamp" }],
    ["turn on bedroom lampe", "TurnOn", { name: "Bedroom Lamp" }],
    ["set brightness of lamp forty two percent", "Dim", { name: "Lamp", level: 42 }],
  ])("%s", (text, name, slots) => {
    const meant = english().match(text);
    expect(meant).toMatchObject({ decision: "accept", intent: { name } });
    expect(meant.intent?.slots).toEqual(slots);
  });

  test("talk about something else is rejected", () => {
    const said = [
      "what is the capital of france",
      "tell me a joke",
      "lamp lamp lamp lamp",
      "the the the",
      "hm",
    ];
    const matcher = english();
    expect(said.map((text) => matcher.match(text).decision)).toEqual(said.map(() => "reject"));
  });

  test("a slot whose value was not said has no value", () => {
    const said = ["turn on the", "set brightness of lamp to percent"];
    const matcher = english();
    expect(said.map((text) => matcher.match(text).intent)).toEqual([null, null]);
  });
});

test("a number outside a template's range is not cut down to one inside", () => {
  const { match } = matcherOf(
    automatonOf([
      "heat the room to {16..25:degrees} degrees",
      "dim the lamp to {0..100:level} percent",
    ]),
  );
  expect(match("heat the rum to twenty five degrees").intent?.slots).toEqual({ degrees: 25 });
  expect(match("heat the room to twenty six degrees").intent).toBeNull();
});

test("if only the value tells what is asked about, the text must have it", () => {
  const lists = "lists: { name: [dishwasher, chores] }";
  const { match } = matcherOf(automatonOf(["what is {name}", "show the {name}"], lists));
  expect(match("what is uh dishwasher").intent?.slots).toEqual({ name: "dishwasher" });
  expect(match("show the fishmasker").intent?.slots).toEqual({ name: "dishwasher" });
  expect(match("what is the dish washer").intent?.slots).toEqual({ name: "dishwasher" });
  expect(match("whats fishmasker").intent).toBeNull();
  expect(match("what is fishmasker").intent).toBeNull();
});

test("a question for anything takes names, not whatever people ask", () => {
  const lists = "lists: { place: { wildcard: true } }";
  const { match } = matcherOf(
    automatonOf(["who is [in] [the] {place}", "look for {place}"], lists),
  );
  expect(match("who is in the dining room").intent?.slots).toEqual({ place: "dining room" });
  expect(match("who is the scariest character in star trek").intent).toBeNull();
  expect(match("look for the scariest character in star trek").intent).not.toBeNull();
});

test("a short phrase is understood with hesitations around it", () => {
  const { match } = matcherOf(automatonOf(["who are you"]));
  expect(match("um who are you").decision).toBe("accept");
});

test("a skip phrase ends with the text, not beyond it", () => {
  const { match } = matcherOf(automatonOf(["turn on the lamp"]), { skipWords: ["thank you", "-"] });
  expect(match("turn on the lamp thank you").intent?.confidence).toBe(1);
  const nearly = match("turn on the lamp thankyou");
  expect(nearly).toMatchObject({ decision: "accept" });
  expect(nearly.intent?.confidence).toBeLessThan(1);
});

test("the threshold is the lowest confidence that is accepted", () => {
  const automaton = compileAutomaton(templatesOf(HOME));
  const match = (fuzzyThreshold: number, text: string): string =>
    matcherOf(automaton, { fuzzyThreshold }).match(text).decision;
  expect(match(100, "turn on the lamp")).toBe("accept");
  expect(match(99, "turn on the lmap")).toBe("reject");
  expect(match(35, "turn on the lmap")).toBe("accept");
});

test("a matcher decides by the settings that it is given", () => {
  const automaton = compileAutomaton(templatesOf(HOME));
  const matchBy = (settings: IntentSettings, text: string): string => {
    const comparer = new WordComparer(automaton.words, settings.words);
    return new Matcher(automaton, settings).match(text, {}, comparer).decision;
  };
  const { words, alignment, decision } = SETTINGS;
  const text = "turn on the lmap";
  expect(matchBy(SETTINGS, text)).toBe("accept");
  expect(matchBy({ ...SETTINGS, words: { ...words, maxDistance: 0.1 } }, text)).toBe("reject");
  const dear = { ...alignment, distanceFactor: 10, minCostBound: 0.1, secondCostShare: 0.15 };
  expect(matchBy({ ...SETTINGS, alignment: dear }, text)).toBe("reject");
  expect(matchBy({ ...SETTINGS, decision: { ...decision, biasWeight: -10 } }, text)).toBe("reject");
});

test("templates that need context are understood when it is given", () => {
  const matcher = english();
  expect(matcher.match("lights off").decision).toBe("reject");
  expect(matcher.match("lights off", { area: "bedroom" }).intent).toMatchObject({
    name: "TurnOff",
    slots: { area: "bedroom" },
  });
  expect(matcher.match("turn on the lamp", { domain: "cover" }).decision).toBe("reject");
  expect(matcher.match("turn on the lamp", { domain: "light" }).decision).toBe("accept");
});

test("two intents for one text become the one of higher priority, or a question", () => {
  expect(decide(1)).toMatchObject({ decision: "accept", intent: { name: "B" } });
  expect(decide(0).candidates.map(({ name }) => name)).toEqual(["A", "B"]);
});

test("required slots and keywords must be in the text", () => {
  const yaml = `
intents:
  A: { data: [{ sentences: ["go [to {place}]"], required_slots: [place] }] }
  B: { data: [{ sentences: ["[red|blue] ball"], required_keywords: [red] }] }
lists: { place: [rome] }
`;
  const matcher = matcherOf(compileAutomaton(templatesOf(yaml)));
  const decisions = ["go", "go to rome", "ball", "red ball"].map(
    (text) => matcher.match(text).decision,
  );
  expect(decisions).toEqual(["reject", "accept", "reject", "accept"]);
});

describe("any text is answered soon", () => {
  test.each([
    ["nothing", ""],
    ["punctuation", "?! … --- ''' \"\""],
    ["ten thousand words", "turn on the lamp ".repeat(2500)],
    ["one very long word", "lamp".repeat(20_000)],
    ["a hundred small words", "to the of in on ".repeat(8)],
    ["other scripts", "включи лампу 打开灯 شغل الضوء"],
    ["emoji", "💡🔥👩‍👩‍👧‍👦 turn on 🛏️"],
    ["control characters and lone surrogates", "turn\u0000on\u0007\ud800the\udc00lamp\u202e"],
    ["a long number", "9".repeat(5000)],
  ])("%s", (_, text) => {
    const matcher = english();
    matcher.match("warm up");
    const begun = performance.now();
    const meant = matcher.match(text);
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(["accept", "ambiguous", "reject"]).toContain(meant.decision);
  });
});

test("every phrase of a template has the slots that it was drawn with", () => {
  for (const [yaml, language] of [
    [HOME, "en"],
    [FRENCH_HOME, "fr"],
  ] as const) {
    const automaton = compileAutomaton(templatesOf(yaml, { language }));
    const matcher = matcherOf(automaton);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const { text, intent, slots, sentence } of sampleSentences(automaton, 3, seed)) {
          const context = Object.fromEntries(sentence.contextSlots.map((key) => [key, "hall"]));
          const meant = matcher.match(text, context);
          expect(meant).toMatchObject({ text, intent: { name: intent } });
          // What a wildcard took may have been meant as the words around it.
          const { query: _query, item: _item, ...certain } = slots;
          expect(meant).toMatchObject({ text, intent: { slots: certain } });
        }
      }),
      { numRuns: 40 },
    );
  }
});

test("any text gets an answer, and the same one the second time", () => {
  const matcher = matcherOf(
    automatonOf(
      ["turn (on|off) [the] {name} [{0..9:n} times]"],
      "lists: { name: [lamp, 'lamp 2'] }\n",
    ),
  );
  const word = fc.constantFrom(..."turn on off the lamp two lmap 2 time xx l'eau ' -".split(" "));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join(" ");
      expect(matcher.match(text)).toEqual(matcher.match(text));
    }),
  );
});

/** What "stop" means when two intents have it. */
function decide(priorityOfB: number): Understanding {
  const yaml = `
intents:
  A: { data: [{ sentences: [stop] }] }
  B: { priority: ${priorityOfB}, data: [{ sentences: [stop] }] }
`;
  return matcherOf(compileAutomaton(templatesOf(yaml))).match("stop");
}

type Match = (text: string, context?: Context) => Understanding;

/** A matcher that compares words by spelling alone. */
function matcherOf(automaton: Automaton, options: MatcherOptions = {}): { match: Match } {
  const matcher = new Matcher(automaton, SETTINGS, options);
  const comparer = new WordComparer(automaton.words, SETTINGS.words);
  return { match: (text, context = {}) => matcher.match(text, context, comparer) };
}
