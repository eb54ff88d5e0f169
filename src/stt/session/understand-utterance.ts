import { sliceFrames } from "../../models/posteriors.ts";
import type { Calibration } from "../../models/model-folder.ts";
import {
  type CombinedPasses,
  combinePasses,
  type PassHypotheses,
} from "../decision/combine-passes.ts";
import { decideSpeech, isNegated } from "../decision/decide-speech.ts";
import { type FreeSpeechRival, needsRival } from "../decision/free-speech-rival.ts";
import type { FreeDecoder } from "../decoders/free-decoder.ts";
import type { GrammarDecoder } from "../decoders/grammar-decoder.ts";
import type { Expectations } from "../decoders/parse-words.ts";
import type { WildcardTranscriber } from "../decoders/word-writer.ts";
import type { Hypothesis } from "../scoring/hypothesis.ts";
import { meanPhoneLogProb, type SpeechEvidence } from "../scoring/speech-evidence.ts";
import type { DecodingPass } from "./decoding-pass.ts";
import type { SpeechProtocol } from "./protocol.ts";
import { toTimedWords } from "./timed-words.ts";
import type { Utterance } from "./utterances.ts";

type Recognized = SpeechProtocol["recognize"]["response"];
type DecodedPass = DecodingPass & PassHypotheses;

/** The means to understand an utterance. */
export type Understander = {
  readonly grammar: GrammarDecoder;
  /** Transcribes wildcards; undefined where the templates have none. */
  readonly free: FreeDecoder | undefined;
  /** Decodes free speech to compare a short phrase with; undefined where the model has no vocabulary. */
  readonly rival: () => Promise<FreeDecoder | undefined>;
  readonly expected: Expectations;
  readonly calibration: Calibration;
};

/** The joint result of all decoding passes over an utterance. */
export type DecodedUtterance = CombinedPasses<PassHypotheses> & {
  readonly passes: readonly DecodedPass[];
  /** The evidence of the chosen pass, with the mean `phoneLogProb` of all passes. */
  readonly speech: SpeechEvidence;
  /** Free speech of each pass, if the best hypothesis is short. */
  readonly rivals: readonly FreeSpeechRival[];
  /** Time in the recording between two frames of the chosen pass, ms. */
  readonly frameMs: number;
};

/** Decodes an utterance at each speed and decides on all passes together. `audioMs` of the answer is left 0. */
export async function understandUtterance(
  utterance: Utterance,
  understander: Understander,
): Promise<Recognized> {
  const { grammar } = understander;
  const { decoding, decision: settings } = understander.calibration;
  const decoded = await decodeUtterance(utterance, understander);
  const [best] = decoded.hypotheses;
  const decided = decideSpeech(decoded.hypotheses, decoded, settings);
  const isWanted =
    decided.decision === "reject" ||
    !isNegated(negationsOf(best, decoded.passes, grammar), settings);
  const { paddingMs } = decoding.comfortNoise;
  return {
    text: best?.text ?? "",
    ...(isWanted ? decided : { intent: null, decision: "reject", candidates: decided.candidates }),
    words: toTimedWords(best?.words ?? [], utterance, decoded.frameMs, paddingMs),
    language: grammar.language,
    audioMs: 0,
  };
}

/** Decodes an utterance at each speed and combines the passes. */
export async function decodeUtterance(
  utterance: Utterance,
  { grammar, free, rival, expected, calibration }: Understander,
): Promise<DecodedUtterance> {
  const { decoding, decision } = calibration;
  const audioMs = utterance.endMs - utterance.startMs - decoding.comfortNoise.paddingMs;
  const decode = (pass: DecodingPass): DecodedPass => {
    const { posteriors, evidence } = pass;
    const transcribe: WildcardTranscriber = (from, to, neighbours) =>
      free?.transcribeBetween(sliceFrames(posteriors, from, to), neighbours) ?? [];
    // A short recording between paddings leaves room for words that nobody could have said in its time.
    const hypotheses = grammar
      .decode(posteriors, transcribe, expected)
      .filter(({ phones }) => phones * decision.minPhoneMs <= audioMs);
    return { ...pass, hypotheses, freeScore: evidence.freeScore };
  };
  const passes: [DecodedPass, ...DecodedPass[]] = [decode(utterance)];
  for (const rateHz of decoding.passRatesHz) {
    const pass = await utterance.passAt(rateHz);
    if (pass !== undefined) passes.push(decode(pass));
  }
  const combined = combinePasses(passes, decision);
  const speech = { ...combined.evidence, phoneLogProb: meanPhoneLogProb(passes) };
  const [best] = combined.hypotheses;
  const rivalDecoder = best !== undefined && needsRival(best, decision) ? await rival() : undefined;
  const rivals = rivalDecoder === undefined ? [] : rivalsOf(passes, grammar, rivalDecoder);
  return { ...combined, passes, speech, rivals };
}

/** The best free speech of each pass. */
function rivalsOf(
  passes: readonly DecodedPass[],
  grammar: GrammarDecoder,
  free: FreeDecoder,
): FreeSpeechRival[] {
  return passes.flatMap(({ posteriors, hypotheses }) => {
    const best = free.decode(posteriors);
    if (best === undefined) return [];
    const pronunciation = free.pronunciationOf(best);
    const soundsLike = (hypothesis: Hypothesis): boolean =>
      grammar.pronunciationOf(hypothesis) === pronunciation;
    return [{ hypotheses, score: best.score, soundsLike }];
  });
}

/** Gain of a negation of the best text, nats, in each pass that has the text. */
function negationsOf(
  best: Hypothesis | undefined,
  passes: readonly DecodedPass[],
  grammar: GrammarDecoder,
): number[] {
  return passes.flatMap(({ hypotheses, posteriors }) => {
    const same = hypotheses.find(({ text }) => text === best?.text);
    return same === undefined ? [] : [grammar.negationNats(same, posteriors)];
  });
}
