import { describe, expect, test } from "vitest";
import type { Form } from "../../../src/models/word-forms.ts";
import { decideSpeech } from "../../../src/stt/decision/decide-speech.ts";
import type { FreeSpeechRival } from "../../../src/stt/decision/free-speech-rival.ts";
import { isSpeech } from "../../../src/stt/decision/is-speech.ts";
import { GrammarDecoder } from "../../../src/stt/decoders/grammar-decoder.ts";
import type { ModelLexicon } from "../../../src/stt/network/model-lexicon.ts";
import type { Hypothesis } from "../../../src/stt/scoring/hypothesis.ts";
import { type SpeechEvidence, speechEvidence } from "../../../src/stt/scoring/speech-evidence.ts";
import { CALIBRATION } from "../calibration.ts";
import { posteriorsOf } from "../posteriors.ts";
import { tinyAutomaton } from "../tiny-automaton.ts";

const { decision: SETTINGS } = CALIBRATION;
const PHONES = ["_", "a", "b", "k", "t"];
const form = (sounds: string): Form => ({
  phones: Uint8Array.from(sounds, (sound) => PHONES.indexOf(sound)),
  costNats: 0,
  before: "any",
});
/** Words are spelt as they sound. */
const lexicon: ModelLexicon = {
  formsOf: (word) => [form(word)],
  isVowel: PHONES.map((phone) => phone === "a"),
};

describe("deciding whether a command was said", () => {
  const automaton = tinyAutomaton([
    { intent: "bat", piece: "bat" },
    { intent: "kat", piece: "kat" },
    { intent: "note", piece: ["tak", { any: true }] },
  ]);

  function decode(...frames: string[]): { hypotheses: Hypothesis[]; speech: SpeechEvidence } {
    const posteriors = posteriorsOf(PHONES, frames);
    const decoder = new GrammarDecoder(automaton, lexicon, CALIBRATION);
    const hypotheses = decoder.decode(posteriors, () => ["ka"], {});
    return { hypotheses, speech: speechEvidence(posteriors, posteriors) };
  }

  test("a phrase that fits is accepted", () => {
    const { hypotheses, speech } = decode("_", "b", "a", "t", "_");
    expect(decideSpeech(hypotheses, { speech }, SETTINGS)).toMatchObject({
      decision: "accept",
      intent: { name: "bat" },
    });
  });

  test("another intent that fits as well is ambiguous, unless all passes together tell", () => {
    const { hypotheses, speech } = decode("_", "b=0.49 k=0.48", "a", "t", "_");
    const decide = (behindNats?: ReadonlyMap<string, number>): string =>
      decideSpeech(hypotheses, { speech, ...(behindNats && { behindNats }) }, SETTINGS).decision;
    expect(decide()).toBe("ambiguous");
    expect(decide(new Map([["kat", 2]]))).toBe("accept");
    expect(decide(new Map([["kat", 0.1]]))).toBe("ambiguous");
  });

  test("the perplexity counts the choices at each word and at the end", () => {
    const { hypotheses } = decode("_", "b", "a", "t", "_");
    expect(hypotheses[0]!.perplexityNats).toBeCloseTo(Math.log(3), 5);
  });

  test("a short phrase gives way to free speech that fits better, not to free speech that fits as well", () => {
    const { hypotheses, speech } = decode("_", "b=0.4 t=0.5", "a", "t", "_");
    const own = hypotheses[0]!.sequence.score + hypotheses[0]!.sequence.costNats;
    const rivals = (score: number, isSaid = false): FreeSpeechRival[] => [
      { hypotheses, score, soundsLike: () => isSaid },
    ];
    expect(decideSpeech(hypotheses, { speech, rivals: rivals(own - 8) }, SETTINGS).decision).toBe(
      "accept",
    );
    expect(decideSpeech(hypotheses, { speech, rivals: rivals(own + 16) }, SETTINGS).decision).toBe(
      "reject",
    );
    expect(
      decideSpeech(hypotheses, { speech, rivals: rivals(own + 16, true) }, SETTINGS).decision,
    ).toBe("accept");
    const [sure, surer] = [true, false].map(
      (isSaid) =>
        decideSpeech(hypotheses, { speech, rivals: rivals(own - 8, isSaid) }, SETTINGS).intent
          ?.confidence,
    );
    expect(sure).toBe(surer);
  });

  test("the templates' own words must fit, however well a wildcard's words do", () => {
    const right = decode("t", "a", "k", "_", "b", "a", "b", "a");
    expect(right.hypotheses[0]).toMatchObject({ intent: "note", hasWildcard: true });
    expect(decideSpeech(right.hypotheses, right, SETTINGS).decision).toBe("accept");
    const wrong = decode("b=0.97 t=0.02", "a", "b=0.97 k=0.02", "_", "b", "a", "b", "a");
    expect(wrong.hypotheses[0]!.gapNats).toBeGreaterThan(1.5);
    expect(decideSpeech(wrong.hypotheses, wrong, SETTINGS).decision).toBe("reject");
  });

  test("unsure phones are no speech, unless they are few", () => {
    const unsure = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? "a=0.3 _=0.2" : "b=0.3 _=0.2",
    );
    const many = posteriorsOf(PHONES, unsure);
    const few = posteriorsOf(PHONES, unsure.slice(0, 4));
    expect(isSpeech(speechEvidence(many, many), SETTINGS.speech)).toBe(false);
    expect(isSpeech(speechEvidence(few, few), SETTINGS.speech)).toBe(true);
  });
});
