import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { importRhasspy } from "../../src/grammar/rhasspy/import-rhasspy.ts";
import { allSentences } from "./all-sentences.ts";
import { folderWith, templatesOf } from "./templates-of.ts";

/** Every sentence of an ini file once imported → its slots. */
function meanings(ini: string, lists?: string): Record<string, unknown> {
  const folder = folderWith({ "sentences.ini": ini });
  const { yaml } = importRhasspy(path.join(folder, "sentences.ini"), "en");
  const sentences = allSentences(compileAutomaton(templatesOf(yaml, lists ? { lists } : {})));
  return Object.fromEntries(
    sentences.map(({ text, intent, slots }) => [text, { intent, ...slots }]),
  );
}

test.each<[string, string, Record<string, object>]>([
  [
    "optional words and alternatives",
    "turn [the] (light | lamp) on",
    {
      "turn light on": {},
      "turn lamp on": {},
      "turn the light on": {},
      "turn the lamp on": {},
    },
  ],
  [
    "tagged alternatives",
    "(red | dark blue){color}",
    {
      red: { color: "red" },
      "dark blue": { color: "dark blue" },
    },
  ],
  ["a tagged word", "good morning{part}", { "good morning": { part: "morning" } }],
  [
    "substitutions",
    "(red:ff0000 | blue:0000ff){color}",
    {
      red: { color: "ff0000" },
      blue: { color: "0000ff" },
    },
  ],
  [
    "a group that stands for something",
    "(living room:lounge){room}",
    { "living room": { room: "living lounge" } },
  ],
  [
    "a tag with a value of its own",
    "it is (hot | warm){state:heat}",
    {
      "it is hot": { state: "heat" },
      "it is warm": { state: "heat" },
    },
  ],
  ["a slot that no word says", "louder (:){direction:up}", { louder: { direction: "up" } }],
  [
    "numbers",
    "set (1..3){n!int} percent",
    {
      "set one percent": { n: 1 },
      "set two percent": { n: 2 },
      "set three percent": { n: 3 },
    },
  ],
  ["a sentence that begins with a bracket", "\\[please] go", { go: {}, "please go": {} }],
  [
    "a rule of the intent",
    "x = (a | b){letter}\nsay <x>",
    {
      "say a": { letter: "a" },
      "say b": { letter: "b" },
    },
  ],
  [
    "a rule of another intent",
    "say <Other.y>\n[Other]\ny = hello\nwell",
    { "say hello": {}, well: { intent: "Other" } },
  ],
  ["comments", "# nothing\n; nothing\ngo", { go: {} }],
])("%s", (_, ini, expected) => {
  const withIntent = Object.entries(expected).map(([text, slots]) => [
    text,
    { intent: "I", ...slots },
  ]);
  expect(meanings(`[I]\n${ini}\n`)).toEqual(Object.fromEntries(withIntent));
});

test("slot lists are read from the folder beside the file, and told of when they are not there", () => {
  const folder = folderWith({ "sentences.ini": "[I]\nplay $artist{who} in $room\n" });
  const file = path.join(folder, "sentences.ini");
  expect(importRhasspy(file, "en").missingLists).toEqual(["artist", "room"]);
  const slots = folderWith({ artist: "abba:ABBA\n# no\nthe beatles\n" });
  writeFileSync(file, "[I]\nplay $artist{who}\n");
  expect(importRhasspy(file, "en").missingLists).toEqual(["artist"]);
  expect(slots).toBeTruthy();
  expect(
    meanings("[I]\nplay $artist{who}\n", "lists: { artist: [{ in: abba, out: ABBA }] }"),
  ).toEqual({
    "play abba": { intent: "I", who: "ABBA" },
  });
});

test.each([
  ["turn on", ":1:1: expected [IntentName]"],
  ["[I]\nturn (on", ":2:7: "],
  ["[I]\nturn on) now", ":2:8: "],
  ["[I]\nx = <y", ":2:5: "],
  ["[I]\ngo {a", ":2:4: "],
])("%j is refused with its place", (ini, place) => {
  const folder = folderWith({ "sentences.ini": ini });
  expect(() => importRhasspy(path.join(folder, "sentences.ini"), "en")).toThrow(place);
});
