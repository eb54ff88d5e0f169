import { expect, onTestFinished, test } from "vitest";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import type { Pronouncer } from "../../src/grammar/pronunciation/pronouncer.ts";
import { openPronunciation } from "../../src/grammar/pronunciation/open-pronunciation.ts";
import { speechGrammar } from "../../src/grammar/speech-grammar.ts";
import { toDigits } from "../../src/grammar/text/to-digits.ts";
import { sayDuration } from "../../src/grammar/values/say-value.ts";
import { Matcher } from "../../src/intent/engine/matcher.ts";
import { WordComparer } from "../../src/intent/words/word-comparer.ts";
import type { Language } from "../../src/languages/language.ts";
import { languageCodes, packOf, registerPack } from "../../src/languages/packs.ts";
import { ReplyTexts } from "../../src/run/reply/reply-texts.ts";
import { newSkillFiles } from "../../src/skills/new-skill.ts";
import { GrammarDecoder } from "../../src/stt/decoders/grammar-decoder.ts";
import { modelLexicon } from "../../src/stt/network/model-lexicon.ts";
import { MADE_UP } from "../fixtures/languages/xx/index.ts";
import { PHONES, pronunciationFiles } from "../fixtures/languages/xx/pronunciation-files.ts";
import { folderWith, templatesOf } from "../grammar/templates-of.ts";
import { SETTINGS } from "../intent/settings.ts";
import { CALIBRATION } from "../stt/calibration.ts";
import { posteriorsOf } from "../stt/posteriors.ts";

// A pack and three files of pronunciation data make a language. Speech and intent workers load the packs that
// src/languages/packs.ts names, so this registers the pack in this thread and works without them.
const XX = "xx" as Language;
const TEMPLATES = `
language: xx
intents:
  Light:
    data: [{ sentences: ["lumo e [lampa] {0..100:level}[ po]"] }]
  Timer:
    data: [{ sentences: ["alarmo {time}"] }]
lists:
  time: { type: duration }
`;

function madeUp(): void {
  const pack = registerPack(MADE_UP);
  onTestFinished(() => pack[Symbol.dispose]());
}

function pronouncer(words: readonly string[]): Promise<Pronouncer> {
  return openPronunciation({ modelDir: folderWith(pronunciationFiles(words)), language: XX });
}

test("a language without a pack is refused by name", () => {
  expect(() => packOf("xx")).toThrow('language must be one of en, fr, not "xx"');
  madeUp();
  expect(languageCodes()).toEqual(["en", "fr", "xx"]);
});

test.each<[string, string, Record<string, unknown>]>([
  ["Lumo e lampa ledek ka po", "Light", { level: 21 }],
  ["lumo e 100%", "Light", { level: 100 }],
  ["bitte alarmo le mun", "Timer", { time: 120 }],
  ["alarmo 30 sec", "Timer", { time: 30 }],
])("%s is understood as typed", (text, intent, slots) => {
  madeUp();
  const automaton = compileAutomaton(templatesOf(TEMPLATES, { language: XX }));
  const matcher = new Matcher(automaton, SETTINGS, { skipWords: ["bitte"] });
  const comparer = new WordComparer(automaton.words, SETTINGS.words);
  const found = matcher.matchExactly(text, {}) ?? matcher.matchNearly(text, {}, comparer);
  expect(found.intent).toMatchObject({ name: intent, slots });
});

test("its numbers are written in digits, and said in words", () => {
  madeUp();
  expect(toDigits("lumo e kasen pudek no punto pu", XX)).toBe("lumo e 154.5");
  expect(sayDuration(150, XX)).toBe("le mun eno midek sek");
});

test("its words sound as its lexicon and its letter-to-sound rules say", async () => {
  madeUp();
  const words = await pronouncer(["lumo"]);
  const pronounce = (word: string) => words.pronounce(word)[0]?.phones.join("");
  expect([pronounce("lumo"), pronounce("alarmo")]).toEqual(["lumo", "alarmo"]);
});

test("a command in it is decoded from phones", async () => {
  madeUp();
  const automaton = speechGrammar(compileAutomaton(templatesOf(TEMPLATES, { language: XX })), {
    negatives: [],
  });
  const lexicon = modelLexicon(await pronouncer(["lumo", "e", "ka"]), PHONES);
  const decoder = new GrammarDecoder(automaton, lexicon, CALIBRATION);
  const frames = Array.from("_lumo_e_ledek_ka_");
  const [best] = decoder.decode(posteriorsOf(PHONES, frames), () => [], {});
  expect(best).toMatchObject({ intent: "Light", slots: { level: 21 }, text: "lumo e ledek ka" });
});

test("Earshot's own texts come from its pack", () => {
  madeUp();
  expect(new ReplyTexts().textOf("earshot.done", XX)).toBe("Fino.");
  expect(newSkillFiles("kafo", XX, "skills")[0]?.text).toContain("salu kafo");
});
