import { expect, test } from "vitest";
import { Scope } from "../../src/lifetime/scope.ts";
import { IntentEngine } from "../../src/intent/engine/intent-engine.ts";
import type { Language } from "../../src/languages/language.ts";
import { folderWith } from "../grammar/templates-of.ts";

const ENGLISH = `
intents:
  TurnOn: { data: [{ sentences: ["turn on [the] [{room}] (light|lights) [in [the] {room}]"] }] }
  TurnOff: { data: [{ sentences: ["turn off [the] [{room}] (light|lights) [in [the] {room}]"] }] }
  Quiet: { data: [{ sentences: ["don't disturb [me]", "stop the music and don't play more", "nevermind [that]"] }] }
  Say: { data: [{ sentences: ["say {text}"] }] }
  Warmer:
    examples: [please make it warmer, could we have it warmer here, make it a little warmer here, it should be warmer in here]
  Dark:
    examples: [it is not bright enough in here, there is not enough light, it is too dark to read, i can not see in here]
lists:
  room: [kitchen, bedroom]
  text: { wildcard: true }
skip_words: [please, don't forget to]
`;
const FRENCH = `
intents:
  Allumer: { data: [{ sentences: ["(allume|allumer) [la] lampe [(du|de la) {room}]"] }] }
  Fermer: { data: [{ sentences: ["(ferme|fermer) les volets [(du|de la) {room}]"] }] }
  Monter: { data: [{ sentences: ["monte [le son]", "[monte] plus fort"] }] }
  Calme: { data: [{ sentences: ["ne pas déranger"] }] }
  Arrêter: { data: [{ sentences: ["arrête"] }] }
  Jouer: { data: [{ sentences: ["joue {titre}"] }] }
lists:
  room: [cuisine, salon]
  titre: { wildcard: true }
`;

async function classify(
  yaml: string,
  language: Language,
  texts: readonly string[],
): Promise<(string | null)[]> {
  await using scope = new Scope("test");
  const intents = [folderWith({ "home.yaml": yaml })];
  const engine = await IntentEngine.open(scope, { intents, language });
  const understood = await Promise.all(texts.map((text) => engine.classify(text)));
  return understood.map(({ intent }) => intent?.name ?? null);
}

test.each<[Language, string, readonly string[]]>([
  [
    "en",
    ENGLISH,
    [
      "don't turn on the kitchen light",
      "Please, do not turn on the kitchen light!",
      "dont turn on the kitchen light",
      "never turn on the kitchen light",
      "turn off the lights but not in the kitchen",
      "turn off the kitchen lights and don't turn on the bedroom light",
      "please don't make it warmer",
    ],
  ],
  [
    "fr",
    FRENCH,
    [
      "n'allume pas la lampe",
      "N’allume jamais la lampe du salon.",
      "allume pas la lampe",
      "euh allume plus la lampe",
      "il ne faut pas fermer les volets",
      "ferme les volets mais pas dans la cuisine",
      "monte pas le son",
      "arrête pas",
      "joue pas de musique",
    ],
  ],
])("what is not wanted is no command, %s", async (language, yaml, texts) => {
  expect(await classify(yaml, language, texts)).toEqual(texts.map(() => null));
});

test("a template's own words do not negate", async () => {
  const english: Record<string, string> = {
    "don't disturb me please": "Quiet",
    "dont disturb": "Quiet",
    "stop music and don't play more": "Quiet",
    "uh never mind that": "Quiet",
    "please say don't turn on the light": "Say",
    "don't forget to turn on the light": "TurnOn",
    "no turn on the light": "TurnOn",
    "it is not bright enough here": "Dark",
    "make it a little warmer": "Warmer",
  };
  expect(await classify(ENGLISH, "en", Object.keys(english))).toEqual(Object.values(english));
  const french: Record<string, string> = {
    "ne pas déranger": "Calme",
    "ne pas dérangé": "Calme",
    "monte plus fort": "Monter",
    "euh plus fort": "Monter",
    "joue plus haut": "Jouer",
    "euh joue ne me quitte pas": "Jouer",
    "ferme les volets pas trop": "Fermer",
  };
  expect(await classify(FRENCH, "fr", Object.keys(french))).toEqual(Object.values(french));
});

test("a negated command is rejected as a negative phrase is", async () => {
  await using scope = new Scope("test");
  const intents = [folderWith({ "home.yaml": ENGLISH })];
  const engine = await IntentEngine.open(scope, { intents, language: "en" });
  const text = "don't turn on the light";
  const rejected = { text, language: "en", intent: null, decision: "reject", candidates: [] };
  expect(await engine.classify(text)).toEqual(rejected);
});
