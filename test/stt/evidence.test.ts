import { describe, expect, test } from "vitest";
import { gateBlanks } from "../../src/stt/scoring/blank-penalty.ts";
import { ctcLogProb } from "../../src/models/ctc-score.ts";
import { decideSpeech, isSpeech } from "../../src/stt/decision/decide-speech.ts";
import { GrammarDecoder } from "../../src/stt/decoders/grammar-decoder.ts";
import type { Reading } from "../../src/stt/scoring/hypothesis.ts";
import type { ModelLexicon } from "../../src/stt/network/model-lexicon.ts";
import type { Form } from "../../src/models/word-forms.ts";
import type { OtherWords } from "../../src/stt/decision/free-speech-rival.ts";
import { speechEvidence } from "../../src/stt/scoring/speech-evidence.ts";
import { posteriorsOf } from "./posteriors.ts";
import { tinyAutomaton } from "./tiny-automaton.ts";

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

describe("the probability of words, whatever their timing", () => {
  const heard = posteriorsOf(PHONES, ["a=0.6 _=0.3", "a=0.5 _=0.4", "_=0.5 a=0.2"]);

  test("is the sum over all alignments", () => {
    // a__, aa_, aaa, _a_, _aa, __a
    const sum = 0.6 * 0.4 * 0.5 + 0.6 * 0.5 * 0.5 + 0.6 * 0.5 * 0.2;
    const late = 0.3 * 0.5 * 0.5 + 0.3 * 0.5 * 0.2 + 0.3 * 0.4 * 0.2;
    expect(ctcLogProb(heard, [[form("a")]])).toBeCloseTo(Math.log(sum + late), 5);
  });

  test("equal phones need a blank between them, in a word and across words", () => {
    const only = Math.log(0.6 * 0.4 * 0.2); // a_a
    expect(ctcLogProb(heard, [[form("aa")]])).toBeCloseTo(only, 5);
    expect(ctcLogProb(heard, [[form("a")], [form("a")]])).toBeCloseTo(only, 5);
  });

  test("several ways to say a word add up", () => {
    const a = Math.exp(ctcLogProb(heard, [[form("a")]]));
    const b = Math.exp(ctcLogProb(heard, [[form("b")]]));
    expect(ctcLogProb(heard, [[form("a"), form("b")]])).toBeCloseTo(Math.log(a + b), 5);
  });

  test("is none where there are too few frames", () => {
    expect(ctcLogProb(heard, [[form("abab")]])).toBe(-Infinity);
  });
});

/** Of 41 frames, dB. */
const loudBefore = (frame: number): Float32Array =>
  Float32Array.from({ length: 41 }, (_, f) => (f < frame ? -20 : -60));

/** What is left of a blank of 0.98, log-probability. */
const blankLess = (nats: number): number =>
  Math.log((0.98 * Math.exp(-nats)) / (0.98 * Math.exp(-nats) + 0.02));

describe("blanks", () => {
  const options = {
    blankPenaltyNats: 2,
    reachFrames: 3,
    phoneProbability: 0.5,
    quiet: 0.25,
    loud: 0.75,
  };
  const quiet = Array.from({ length: 20 }, () => "_=0.98");
  const oneLetter = posteriorsOf(PHONES, [...quiet, "a=0.9 _=0.08", ...quiet]);
  const blankAt = (frame: number, { logProbs }: typeof oneLetter): number =>
    logProbs[frame * PHONES.length]!;

  test("are dearer by half of the penalty within reach of a phone", () => {
    const dear = gateBlanks(oneLetter, options);
    for (const frame of [17, 19, 21, 23]) expect(blankAt(frame, dear)).toBeCloseTo(blankLess(1), 4);
    // A frame that is hardly a phone itself makes blanks dearer by a 50th of the penalty.
    for (const frame of [0, 16, 24, 40])
      expect(blankAt(frame, dear)).toBeCloseTo(blankLess(0.04), 4);
  });

  test("are dearer by half of the penalty where the utterance is loud", () => {
    const dear = gateBlanks({ ...oneLetter, energyDb: loudBefore(14) }, options);
    expect(blankAt(0, dear)).toBeCloseTo(blankLess(1.04), 4);
    expect(blankAt(30, dear)).toBeCloseTo(blankLess(0.04), 4);
  });

  test("are dearer by all of it where both are so", () => {
    const dear = gateBlanks({ ...oneLetter, energyDb: loudBefore(30) }, options);
    expect(blankAt(19, dear)).toBeCloseTo(blankLess(2), 4);
  });

  test("every frame is a distribution again", () => {
    const dear = gateBlanks(oneLetter, options);
    for (let frame = 0; frame < dear.frames; frame++) {
      const row = dear.logProbs.subarray(frame * PHONES.length, (frame + 1) * PHONES.length);
      expect(row.reduce((sum, logProb) => sum + Math.exp(logProb), 0)).toBeCloseTo(1, 5);
    }
  });
});

describe("deciding whether a command was said", () => {
  const automaton = tinyAutomaton([
    { intent: "bat", piece: "bat" },
    { intent: "kat", piece: "kat" },
    { intent: "note", piece: ["tak", { any: true }] },
  ]);

  function hear(...frames: string[]): {
    readings: Reading[];
    evidence: ReturnType<typeof speechEvidence>;
  } {
    const heard = posteriorsOf(PHONES, frames);
    const readings = new GrammarDecoder(automaton, lexicon).decode(heard, () => ["ka"], {});
    return { readings, evidence: speechEvidence(heard, heard) };
  }

  test("a sentence that fits is accepted", () => {
    const { readings, evidence } = hear("_", "b", "a", "t", "_");
    expect(decideSpeech(readings, evidence)).toMatchObject({
      decision: "accept",
      intent: { name: "bat" },
    });
  });

  test("another intent that is as near is asked about, unless all listenings together tell", () => {
    const { readings, evidence } = hear("_", "b=0.49 k=0.48", "a", "t", "_");
    const decide = (behindNats?: ReadonlyMap<string, number>): string =>
      decideSpeech(readings, evidence, [], behindNats).decision;
    expect(decide()).toBe("ambiguous");
    expect(decide(new Map([["kat", 2]]))).toBe("accept");
    expect(decide(new Map([["kat", 0.1]]))).toBe("ambiguous");
  });

  test("each word is as surprising as there are choices, and the end too", () => {
    const { readings } = hear("_", "b", "a", "t", "_");
    expect(readings[0]!.surpriseNats).toBeCloseTo(Math.log(3), 5);
  });

  test("a short sentence gives way to other words that fit better, not to words that fit as well", () => {
    const { readings, evidence } = hear("_", "b=0.4 t=0.5", "a", "t", "_");
    const own = readings[0]!.hypothesis.score + readings[0]!.hypothesis.costNats;
    const others = (score: number, isSaid = false): OtherWords[] => [
      { readings, score, soundLike: () => isSaid },
    ];
    expect(decideSpeech(readings, evidence, others(own - 8)).decision).toBe("accept");
    expect(decideSpeech(readings, evidence, others(own + 16)).decision).toBe("reject");
    expect(decideSpeech(readings, evidence, others(own + 16, true)).decision).toBe("accept");
    const [sure, surer] = [true, false].map(
      (isSaid) => decideSpeech(readings, evidence, others(own - 8, isSaid)).intent?.confidence,
    );
    expect(sure).toBe(surer);
  });

  test("the templates' own words must fit, however well the free words between them do", () => {
    const right = hear("t", "a", "k", "_", "b", "a", "b", "a");
    expect(right.readings[0]).toMatchObject({ intent: "note", isOpen: true });
    expect(decideSpeech(right.readings, right.evidence).decision).toBe("accept");
    const wrong = hear("b=0.97 t=0.02", "a", "b=0.97 k=0.02", "_", "b", "a", "b", "a");
    expect(wrong.readings[0]!.gapNats).toBeGreaterThan(1.5);
    expect(decideSpeech(wrong.readings, wrong.evidence).decision).toBe("reject");
  });

  test("unsure phones are no speech, unless they are few", () => {
    const unsure = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? "a=0.3 _=0.2" : "b=0.3 _=0.2",
    );
    const many = posteriorsOf(PHONES, unsure);
    const few = posteriorsOf(PHONES, unsure.slice(0, 4));
    expect(isSpeech(speechEvidence(many, many))).toBe(false);
    expect(isSpeech(speechEvidence(few, few))).toBe(true);
  });
});
