import path from "node:path";
import { describe, expect, test } from "vitest";
import { ARC, type Automaton } from "../../src/grammar/automaton.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import { sampleSentences } from "../../src/grammar/sample-sentences.ts";
import { allSentences, allTexts } from "./all-sentences.ts";
import { automatonOf, folderWith, templatesOf } from "./templates-of.ts";

const texts = (sentence: string, rest = "", language: "en" | "fr" = "en"): string[] =>
  allTexts(automatonOf([sentence], rest, { language }));

describe("words that straddle the parts of a template come out whole", () => {
  test.each<[string, string[]]>([
    ["light[s] on", ["light on", "lights on"]],
    ["allume[r|z] tout", ["allume tout", "allumer tout", "allumez tout"]],
    [
      "(ou|fer)(vre|me)[r]",
      ["ferme", "fermer", "fervre", "fervrer", "oume", "oumer", "ouvre", "ouvrer"],
    ],
    ["[re]mets", ["mets", "remets"]],
    ["a[ ]b", ["a b", "ab"]],
    ["y a[-][ ]t[-][']il", ["y a t il", "y a t'il", "y a til", "y at il", "y at'il", "y atil"]],
    ["aujourd'hui", ["aujourd'hui"]],
  ])("%s", (sentence, expected) => {
    expect(texts(sentence, "", "fr")).toEqual(expected);
  });

  test("across rules", () => {
    const rules = "expansion_rules:\n  lumiere: (lampe|lumière)[s]\n  s: s\n  le: (le |la |l')\n";
    expect(texts("<le><lumiere>", rules, "fr")).toHaveLength(12);
    expect(texts("<lumiere>", rules, "fr")).toEqual(["lampe", "lampes", "lumière", "lumières"]);
    expect(texts("<le>eau", rules, "fr")).toEqual(["l'eau", "la eau", "le eau"]);
    expect(texts("lampe<s>", rules, "fr")).toEqual(["lampes"]);
  });

  test("before and after lists, which always stand apart", () => {
    const lists = "lists:\n  pièce:\n    values: [salon, entrée]\n";
    expect(texts("l'{pièce}!", lists, "fr")).toEqual(["l'entrée", "l'salon"]);
    expect(allSentences(automatonOf(["{pièce}'s"], lists))[0]?.text).toBe("salon's");
    expect(texts("{1..2:h}h{3..3:m}m", "", "fr")).toEqual([
      "deux h trois m",
      "un h trois m",
      "une h trois m",
    ]);
  });
});

test("parts in any order stand with spaces between", () => {
  expect(texts("go (a;[b];c)")).toEqual(
    ["a b c", "a c", "a c b", "b a c", "b c a", "c a", "c a b", "c b a"].map(
      (order) => `go ${order}`,
    ),
  );
});

test("signs and numbers in templates are words", () => {
  expect(texts("at 21% (5|five)", "", "en")).toEqual(["at twenty one percent five"]);
});

test("what a list says has its value, or what was said", () => {
  const lists = `
lists:
  state:
    values:
      - in: (on|lit)
        out: true
      - in: off
        out: 0
      - broken
      - in: dim[med]
      - { in: blinds, out: [blind, shade] }
`;
  const slots = allSentences(automatonOf(["{state:s}"], lists)).map(({ text, slots: { s } }) => [
    text,
    s,
  ]);
  expect(Object.fromEntries(slots)).toEqual({
    on: true,
    lit: true,
    off: 0,
    broken: "broken",
    dim: "dim",
    dimmed: "dimmed",
    blinds: ["blind", "shade"],
  });
});

test("a rule with a slot serves several sentences and is compiled once", () => {
  const automaton = automatonOf(
    ["open <where>", "close <where>"],
    "expansion_rules:\n  where: '[the] {0..50:n}'\n",
  );
  const rules = automaton.nets.filter(({ name }) => name.startsWith("<"));
  expect(rules).toHaveLength(1);
  expect(allSentences(automaton).find(({ text }) => text === "close the twelve")?.slots).toEqual({
    n: 12,
  });
});

describe("context", () => {
  const yaml = `
intents:
  Open:
    data:
      - sentences: ["open {name}"]
        requires_context: { domain: cover }
      - sentences: ["unlock {name}"]
        requires_context: { domain: [lock, door] }
        slots: { verb: unlock }
  On:
    data:
      - sentences: ["turn on {name}"]
        excludes_context: { domain: [cover, lock] }
      - sentences: ["lights on"]
        requires_context: { area: { slot: true } }
      - sentences: ["all on"]
        requires_context: { mode: null, user: [ann, bob] }
lists:
  name:
    values:
      - { in: blind, out: blind, context: { domain: cover } }
      - { in: gate, out: gate, context: { domain: lock } }
      - { in: lamp, out: lamp, context: { domain: light } }
`;
  const compiled = (): Automaton => compileAutomaton(templatesOf(yaml));

  test("narrows lists to the values that meet it", () => {
    expect(allTexts(compiled())).toEqual([
      "all on",
      "lights on",
      "open blind",
      "turn on lamp",
      "unlock gate",
    ]);
  });

  test("that lists do not bring must come from the caller", () => {
    const sentences = new Map(
      allSentences(compiled()).map(({ text, sentence }) => [text, sentence]),
    );
    expect(sentences.get("open blind")).toMatchObject({
      requiresContext: {},
      agreesWithContext: { domain: ["cover"] },
    });
    expect(sentences.get("all on")?.requiresContext).toEqual({ mode: null, user: ["ann", "bob"] });
    expect(sentences.get("lights on")?.contextSlots).toEqual(["area"]);
    expect(sentences.get("turn on lamp")?.excludesContext).toEqual({ domain: ["cover", "lock"] });
  });
});

test("rules and lists of a block hide the shared ones there, and only there", () => {
  const yaml = `
intents:
  I:
    data:
      - sentences: ["<go> {x}"]
      - sentences: ["<go> {x}"]
        expansion_rules: { way: quickly }
        lists: { x: { values: [mars] } }
expansion_rules: { go: "go <way>", way: slowly }
lists: { x: { values: [moon] } }
`;
  expect(allTexts(compileAutomaton(templatesOf(yaml)))).toEqual([
    "go quickly mars",
    "go slowly moon",
  ]);
});

test("run-time lists come from hassil lists or from what a home has", () => {
  const yaml = 'intents:\n  I:\n    data:\n      - sentences: ["{area} {floor} {name}"]\n';
  const lists = `
areas: [{ name: Guest Room, id: guest }]
floors: [{ name: "(ground|first) floor", id: g }]
entities:
  - { name: "lamp[s]", id: light.lamp, attributes: { device_class: bulb, more: [1] } }
`;
  const sentences = allSentences(compileAutomaton(templatesOf(yaml, { lists })));
  expect(sentences.map(({ slots }) => slots)).toContainEqual({
    area: "Guest Room",
    floor: "first floor",
    name: "lamps",
  });
  expect(sentences).toHaveLength(4);
  const hassil = "lists: { area: { values: [attic] }, floor: [f], name: [n] }";
  expect(allTexts(compileAutomaton(templatesOf(yaml, { lists: hassil })))).toEqual(["attic f n"]);
});

test("pronunciations go with the automaton: later files win word by word, lists last, each language by itself", () => {
  const folder = folderWith({
    "1.yaml":
      "intents: { I: { data: [{ sentences: [x] }] } }\npronounce: { GIF: jiff, usa: u s a }",
    "2.yaml": "language: en\npronounce: { gif: [/ɡ ɪ f/, jiff], ikea: i key a }",
    "3.yaml": "language: fr\npronounce: { gif: jif }",
    "names.yaml": "pronounce: { ikea: eye key a, wifi: wie fie }",
  });
  const templates = (language: "en" | "fr", otherLanguage: "en" | "fr") =>
    loadTemplates(
      [1, 2, 3].map((i) => path.join(folder, `${i}.yaml`)),
      {
        language,
        otherLanguage,
        lists: [path.join(folder, "names.yaml")],
      },
    );
  const english = compileAutomaton(templates("en", "fr"));
  expect(waysIn(english)).toEqual({
    gif: ["/ɡ ɪ f/", "jiff"],
    usa: ["u s a"],
    ikea: ["eye key a"],
    wifi: ["wie fie"],
  });
  const place = path.join(folder, "2.yaml:2:20");
  expect(english.pronounce.get("gif")?.[0]).toEqual({ text: "/ɡ ɪ f/", place });
  const french = compileAutomaton(templates("fr", "en"));
  expect(waysIn(french)).toMatchObject({ gif: ["jif"], usa: ["u s a"] });
});

function waysIn({ pronounce }: Automaton): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Array.from(pronounce, ([word, ways]) => [word, ways.map(({ text }) => text)]),
  );
}

test("the automaton keeps what its type promises", () => {
  const automaton = automatonOf(
    ["[please] turn (on|off) <what> [now]", "say {words}", "{0..5000:n} times"],
    "expansion_rules: { what: '[the] {name}[s]' }\nlists: { name: [lamp, lamp two], words: { wildcard: true } }\nskip_words: [please]\n",
  );
  expect(structuredClone(automaton)).toEqual(automaton);
  checkInvariants(automaton);
  const sum = (state: number): number => {
    let total = 0;
    for (
      let arc = automaton.arcFirst[state] ?? 0;
      arc < (automaton.arcFirst[state + 1] ?? 0);
      arc++
    )
      total += Math.exp(-(automaton.arcCost[arc] ?? 0));
    return total;
  };
  const body = automaton.arcTarget[automaton.arcFirst[automaton.nets[0]?.start ?? 0] ?? 0] ?? 0;
  expect(sum(body)).toBeCloseTo(1, 3);
});

function checkInvariants({ nets, arcFirst, arcKind, arcTarget, arcLabel, words }: Automaton): void {
  for (const { start, final } of nets) {
    expect(arcFirst[final + 1]).toBe(arcFirst[final]);
    for (let state = start; state < final; state++)
      for (let arc = arcFirst[state] ?? 0; arc < (arcFirst[state + 1] ?? 0); arc++) {
        const target = arcTarget[arc] ?? 0;
        if (arcKind[arc] === ARC.anyWord && target === state) continue;
        expect(target).toBeGreaterThan(state);
        expect(target).toBeLessThanOrEqual(final);
        const word = arcKind[arc] === ARC.word ? words[arcLabel[arc] ?? 0] : "no word";
        expect(word?.trim()).toBeTruthy();
      }
  }
}

test("an intent with many templates is drawn no more often than one with few", () => {
  const yaml = `
intents:
  Many: { data: [{ sentences: [a, b, c, d, e, f, g, h] }] }
  One: { data: [{ sentences: [x] }] }
`;
  const drawn = sampleSentences(compileAutomaton(templatesOf(yaml)), 400, 3);
  const share = drawn.filter(({ intent }) => intent === "One").length / drawn.length;
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.6);
});

test("tens of thousands of list values compile in bounded time and space", {
  timeout: 60_000,
}, () => {
  const values = Array.from({ length: 30_000 }, (_, i) => `device ${i % 317} of house ${i}`);
  const automaton = automatonOf(["turn on {name}"], `lists: { name: ${JSON.stringify(values)} }\n`);
  expect(automaton.arcKind.length).toBeLessThan(200_000);
});
