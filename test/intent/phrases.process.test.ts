import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Scope } from "../../src/lifetime/scope.ts";
import { IntentEngine, type IntentEngineOptions } from "../../src/intent/engine/intent-engine.ts";
import { folderWith } from "../grammar/templates-of.ts";
import { FRENCH_HOME, HOME } from "./home.ts";

const CAFE = `
intents:
  OrderCoffee:
    data:
      - sentences: ["order [a|an] {size} {drink}"]
    required_slots: [drink]
    examples:
      - i could really do with a {drink}
      - get me something hot to drink like a {drink}
      - would you make a {size} {drink} for me
      - i am thirsty bring me a {drink}
      - time for a {drink} i think
    negatives:
      - i do not want any coffee
  OpeningHours:
    examples:
      - when do you close today
      - until what hour can i come by
      - are you still open on sunday
      - what are your opening hours
      - is the shop open tomorrow morning
  CallWaiter:
    data:
      - sentences: ["call [the|a] waiter"]
lists:
  drink: [coffee, tea, cappuccino, hot chocolate]
  size: [small, large]
`;

async function open(
  scope: Scope,
  yaml: string,
  more: Partial<IntentEngineOptions> = {},
): Promise<IntentEngine> {
  const file = path.join(await scope.tempDir(), "intents.yaml");
  writeFileSync(file, yaml);
  return IntentEngine.open(scope, { intents: [file], language: "en", ...more });
}

describe("intents that are learnt from examples", () => {
  let cafeScope: Scope;
  let cafe: IntentEngine;
  beforeAll(async () => {
    cafeScope = new Scope("test");
    cafe = await open(cafeScope, CAFE);
  });
  afterAll(() => cafeScope.close());

  test.each<[string, string | undefined, Record<string, unknown>]>([
    ["i am so thirsty please bring me a large tea", "OrderCoffee", { drink: "tea", size: "large" }],
    [
      "could you make me a small hot chocolate",
      "OrderCoffee",
      { drink: "hot chocolate", size: "small" },
    ],
    ["time for a capuccino now", "OrderCoffee", { drink: "cappuccino" }],
    ["when does the shop close on sunday", "OpeningHours", {}],
    ["what hours are you open tomorrow", "OpeningHours", {}],
    ["order a small coffee", "OrderCoffee", { drink: "coffee", size: "small" }],
    // The drink is required.
    ["would you make something for me", undefined, {}],
    ["i do not want any coffee", undefined, {}],
    ["i do not want any more coffee", undefined, {}],
    ["my cousin has bought a motorbike", undefined, {}],
    ["the weather was terrible in march", undefined, {}],
  ])("%s", async (text, name, slots) => {
    const { intent } = await cafe.classify(text);
    expect({ name: intent?.name, slots: intent?.slots ?? {} }).toEqual({ name, slots });
  });

  test("fuzzyThreshold is the lowest confidence that is accepted", async () => {
    await using scope = new Scope("test");
    const engine = await open(scope, CAFE, { fuzzyThreshold: 100 });
    expect((await engine.classify("when does the shop close on sunday")).decision).toBe("reject");
  });
});

test("only active intents are understood", async () => {
  await using scope = new Scope("test");
  const engine = await open(scope, CAFE);
  const ask = async (text: string, intents: string[]): Promise<string | undefined> =>
    (await engine.classify(text, { intents })).intent?.name;
  expect(await ask("call the waiter", ["CallWaiter"])).toBe("CallWaiter");
  expect(await ask("call the waiter", ["OpeningHours"])).toBeUndefined();
  expect(await ask("call a weighter", ["OpeningHours"])).toBeUndefined();
  expect(await ask("when do you close today", ["OpeningHours"])).toBe("OpeningHours");
  expect(await ask("when do you close today", ["CallWaiter"])).toBeUndefined();
});

test("an unknown intent is refused, for the engine and for one text", async () => {
  await using scope = new Scope("test");
  const engine = await open(scope, CAFE);
  const unknown = 'there is no "CallWaitr"; did you mean "CallWaiter"?';
  const list = "must be a list of names of intents";
  const classify = (intents: readonly string[]): Promise<unknown> =>
    engine.classify("call the waiter", { intents });
  await expect(classify(["CallWaitr"])).rejects.toThrow(`intents: ${unknown}`);
  await expect(classify("CallWaiter" as never)).rejects.toThrow(`intents ${list}`);
  expect(() => engine.setActiveIntents(["CallWaitr"])).toThrow(`active intents: ${unknown}`);
  expect(() => engine.setActiveIntents("CallWaiter" as never)).toThrow(`active intents ${list}`);
  await expect(engine.classify("x", { intent: ["CallWaiter"] } as object)).rejects.toThrow(
    'unknown option "intent" of classify; did you mean "intents"?',
  );
});

describe("several commands in one sentence", () => {
  test.each<[string, [string, string][]]>([
    [
      "turn off the lamp and turn on the bedroom lamp",
      [
        ["TurnOff", "Lamp"],
        ["TurnOn", "Bedroom Lamp"],
      ],
    ],
    [
      "turn on the lamp, turn off the ceiling light and then turn on my bedroom lamp",
      [
        ["TurnOn", "Lamp"],
        ["TurnOff", "Ceiling"],
        ["TurnOn", "Bedroom Lamp"],
      ],
    ],
    [
      "turn off teh lamp and then turn on the bedrom lamp",
      [
        ["TurnOff", "Lamp"],
        ["TurnOn", "Bedroom Lamp"],
      ],
    ],
    [
      "add milk to my list and turn off the lamp",
      [
        ["Add", "milk"],
        ["TurnOff", "Lamp"],
      ],
    ],
    // One command, with "and" inside.
    ["play rock and roll in the kitchen", [["Play", "rock and roll"]]],
    ["add salt and pepper to my list", [["Add", "salt and pepper"]]],
  ])("%s", async (text, expected) => {
    await using scope = new Scope("test");
    const engine = await open(scope, HOME);
    const { intent, further = [], text: whole } = await engine.classify(text);
    const all = intent ? [intent, ...further] : [];
    const first = all.map(({ name, slots }) => [name, Object.values(slots)[0]]);
    expect(first).toEqual(expected);
    expect(whole).toBe(text);
  });

  test("in French", async () => {
    await using scope = new Scope("test");
    const engine = await open(scope, FRENCH_HOME, { language: "fr" });
    const { intent, further } = await engine.classify(
      "allume le radiateur et puis mets la lampe torche à vingt et un %",
    );
    expect(intent).toMatchObject({ name: "Allumer", slots: { name: "radiateur" } });
    expect(further).toMatchObject([{ name: "Régler", slots: { name: "lampe torche", level: 21 } }]);
  });
});

test("a text that means nothing in one language is tried in the other", async () => {
  await using scope = new Scope("test");
  const intents = [
    folderWith({
      "home.yaml": `language: en\n${HOME}`,
      "maison.yaml": `language: fr\n${FRENCH_HOME}`,
    }),
  ];
  const engine = await IntentEngine.open(scope, {
    intents,
    language: "fr",
    fallbackLanguage: "en",
  });
  expect(await engine.classify("allume le radiateur")).toMatchObject({
    language: "fr",
    intent: { name: "Allumer" },
  });
  expect(await engine.classify("turn on the lamp")).toMatchObject({
    language: "en",
    intent: { name: "TurnOn" },
  });
  expect(await engine.classify("ni l'un ni l'autre")).toMatchObject({
    language: "fr",
    decision: "reject",
  });
});
