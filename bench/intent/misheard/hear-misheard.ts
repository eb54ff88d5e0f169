import { isDeepStrictEqual } from "node:util";
import { Scope } from "../../../src/lifetime/scope.ts";
import type { SlotValue } from "../../../src/grammar/automaton.ts";
import { compileAutomaton } from "../../../src/grammar/compile/compile-automaton.ts";
import { openPronunciation } from "../../../src/grammar/pronunciation/open-pronunciation.ts";
import { phoneEditDistance } from "../../../src/grammar/pronunciation/phone-distance.ts";
import { sampleSentences } from "../../../src/grammar/sample-sentences.ts";
import { speechGrammar } from "../../../src/grammar/speech-grammar.ts";
import { loadTemplates } from "../../../src/grammar/templates/load-templates.ts";
import { normalizeText, tokenize } from "../../../src/grammar/text/tokenize.ts";
import { SETTINGS } from "../measure.ts";
import { Matcher } from "../../../src/intent/engine/matcher.ts";
import { SpeechToText } from "../../../src/stt/speech-to-text.ts";
import { HELD_OUT_VOICES, speak } from "../../speech/held-out-voices.ts";
import { wordEdits } from "../../word-edits.ts";
import { MODEL } from "../measure.ts";

/** A sentence, what the model wrote down when a voice said it, and what it means. */
export type Misheard = {
  readonly said: string;
  readonly heard: string;
  readonly voice: string;
  /** How differently the two sound: edits of phones for each phone of the sentence. */
  readonly phoneErrors: number;
  readonly wordErrors: number;
  readonly intent: string;
  readonly slots: Readonly<Record<string, SlotValue>>;
};

export type HearMisheardOptions = {
  /** Sentences that are drawn; three voices say each. */
  readonly sentences: number;
  /** The same words misheard in the same way count once, which leaves the harder ones; else as often as they come. */
  readonly isEachOnce: boolean;
};

/** Voices that the model does not know, and two that it does: one of espeak-ng, the woman of Pico. */
const VOICES = [...HELD_OUT_VOICES.fr, "fr+michel", "pico"];
const SEED = 20;
const KEPT = 100;
/** Of phones: "éteins la lumière" heard as "étant la lumière" has 0.05, "et t'as la lumière" 0.11. */
export const ALIKE = 0.11;
/** What differs more was not heard but guessed. */
const MAX_PHONE_ERRORS = 0.25;

/**
 * Draws sentences of the templates, has each said by one voice after another, writes them down without templates,
 * and keeps those that have other words than the sentence and still sound like it, evenly a hundred of them. What is
 * word for word another command ("cinquante" heard for "septante") says nothing of the one that was meant: left out.
 */
export async function hearMisheard(
  templates: string,
  { sentences: drawn, isEachOnce }: HearMisheardOptions,
): Promise<Misheard[]> {
  await using scope = new Scope("misheard");
  const automaton = compileAutomaton(loadTemplates([templates], { language: "fr" }));
  const stt = await SpeechToText.open(scope, { language: "fr" });
  await stt.setGrammar(speechGrammar(automaton, { negatives: [] }));
  const matcher = new Matcher(automaton, SETTINGS);
  const phonesOf = await phonesOfTexts();
  const folder = await scope.tempDir("misheard-");
  const samples = sampleSentences(automaton, drawn * 2, SEED);
  const sentences = [...new Map(samples.map((sample) => [sample.text, sample])).values()];
  const misheard: Misheard[] = [];
  const counts = {
    said: 0,
    right: 0,
    nothing: 0,
    unlike: 0,
    "another command": 0,
    again: 0,
    decoded: 0,
  };
  const seen = new Set<string>();
  for (const [i, { text: said, intent, slots }] of sentences.slice(0, drawn).entries()) {
    for (const k of [0, 1, 2]) {
      const voice = VOICES[(i + 2 * k) % VOICES.length] ?? "fr";
      const audio = await speak(folder, said, voice);
      const { text: heard } = await stt.transcribe(audio);
      counts.said++;
      const meant = matcher.matchExactly(heard)?.intent;
      const isOther = meant && !isDeepStrictEqual([meant.name, meant.slots], [intent, slots]);
      const [words, other] = [wordsOf(said), wordsOf(heard)];
      const phones = phonesOf(said);
      const phoneErrors = phoneEditDistance(phones, phonesOf(heard)) / phones.length;
      if (heard === "") counts.nothing++;
      else if (words.join(" ") === other.join(" ")) counts.right++;
      else if (phoneErrors > MAX_PHONE_ERRORS) counts.unlike++;
      else if (isOther) counts["another command"]++;
      else if (isEachOnce && seen.has(differenceOf(words, other))) counts.again++;
      else {
        seen.add(differenceOf(words, other));
        const { intent: decoded } = await stt.recognize(audio);
        if (isDeepStrictEqual([decoded?.name, decoded?.slots], [intent, slots])) counts.decoded++;
        const rounded = Math.round(phoneErrors * 1000) / 1000;
        const wordErrors = wordEdits(words, other);
        misheard.push({ said, heard, voice, phoneErrors: rounded, wordErrors, intent, slots });
      }
    }
  }
  console.log(JSON.stringify({ ...counts, misheard: misheard.length }));
  if (isEachOnce) return misheard;
  const step = Math.max(1, misheard.length / KEPT);
  return misheard
    .filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
    .slice(0, KEPT);
}

function wordsOf(text: string): string[] {
  return tokenize(normalizeText(text), "fr").map(({ word }) => word);
}

async function phonesOfTexts(): Promise<(text: string) => string[]> {
  const pronouncer = await openPronunciation({ modelDir: MODEL, language: "fr" });
  return (text) => wordsOf(text).flatMap((word) => pronouncer.pronounce(word)[0]?.phones ?? []);
}

/** "éteins → étant" */
function differenceOf(said: readonly string[], heard: readonly string[]): string {
  const lost = said.filter((word) => !heard.includes(word));
  const found = heard.filter((word) => !said.includes(word));
  return `${lost.join(" ")} → ${found.join(" ")}`;
}
