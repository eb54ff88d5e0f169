import type { Automaton } from "../../src/grammar/automaton.ts";
import { NEGATIVE_INTENT } from "../../src/grammar/own-intents.ts";
import { openPronunciation } from "../../src/grammar/pronunciation/open-pronunciation.ts";
import type { Pronouncer } from "../../src/grammar/pronunciation/pronouncer.ts";
import { speechGrammar } from "../../src/grammar/speech-grammar.ts";
import { EMBEDDED_MODEL } from "../../src/base/package-root.ts";
import { AcousticModel } from "../../src/models/acoustic-model.ts";
import { type ModelCard, openModelFolder } from "../../src/models/model-folder.ts";
import { type Measures, measuresOf } from "../../src/stt/decision/confidence.ts";
import { FreeDecoder } from "../../src/stt/decoders/free-decoder.ts";
import { GrammarDecoder } from "../../src/stt/decoders/grammar-decoder.ts";
import { readLanguageModel } from "../../src/stt/network/language-model.ts";
import { modelLexicon } from "../../src/stt/network/model-lexicon.ts";
import type { SpeechEvidence } from "../../src/stt/scoring/speech-evidence.ts";
import {
  type DecodedUtterance,
  decodeUtterance,
} from "../../src/stt/session/understand-utterance.ts";
import { readUtterances, type Utterance } from "../../src/stt/session/utterances.ts";
import type { CallContext, Native } from "../../src/workers/serve.ts";
import { type Answer, isRight } from "../../bench/speech/judge.ts";
import { type ExampleSet, speakerOf } from "./example-sets.ts";

/** One recording, decoded through templates: what a decision is made from, and what it should be. */
export type Example = {
  readonly set: string;
  /** Whether the recording is a command of the templates; else everything accepted is wrong. */
  readonly isCommand: boolean;
  /** Person or recording: stays on one side of a split. */
  readonly speaker: string;
  /** Of the first pass, by which silence and noise are left out early. */
  readonly firstSpeech: SpeechEvidence;
  /** Of all passes. */
  readonly speech: SpeechEvidence;
  /** Undefined without a hypothesis, or with one that must be rejected. */
  readonly measures: Measures | undefined;
  /** Distance of the nearest other intent, nats; Infinity without one. */
  readonly marginNats: number;
  /** Whether the best hypothesis is what was said. */
  readonly isRight: boolean;
};

/** A transcript of a recording: how well it fits, and how many of its words are right. */
export type TranscriptExample = { readonly gapNats: number; readonly text: string };

const native: Native = async (body) => await body();
const CALL: CallContext = {
  native,
  signal: new AbortController().signal,
  transfer: () => {},
  data: undefined,
};

/** The embedded model in this thread, for English. */
export class SetDecoder {
  readonly card: ModelCard;
  readonly #model: AcousticModel;
  readonly #pronouncer: Pronouncer;
  readonly #free: FreeDecoder;

  private constructor(
    card: ModelCard,
    model: AcousticModel,
    pronouncer: Pronouncer,
    free: FreeDecoder,
  ) {
    this.card = card;
    this.#model = model;
    this.#pronouncer = pronouncer;
    this.#free = free;
  }

  static async open(): Promise<SetDecoder> {
    const folder = await openModelFolder(EMBEDDED_MODEL);
    const { card } = folder;
    const pronouncer = await openPronunciation({ modelDir: folder.dir, language: "en" });
    const vocabulary = await readLanguageModel(folder.dir, "en");
    const lexicon = modelLexicon(pronouncer, card.phones);
    const free = new FreeDecoder(vocabulary, lexicon, card.calibration);
    return new SetDecoder(card, await AcousticModel.load(folder, native), pronouncer, free);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#model.release(native);
  }

  /** Every recording of a set as an example. Recordings are short: one utterance each. */
  async decode({ name, automaton, recordings, expected }: ExampleSet): Promise<Example[]> {
    const grammar = this.#grammar(automaton);
    const examples: Example[] = [];
    for (const [i, { name: file, samples }] of recordings.entries()) {
      const utterance = await this.#firstUtterance(samples);
      if (utterance === undefined) continue;
      const decoded = await this.#decode(utterance, grammar);
      const answer = expected?.[i];
      examples.push({
        set: name,
        isCommand: expected !== undefined,
        speaker: speakerOf(file),
        firstSpeech: utterance.evidence,
        ...this.#judged(decoded, answer),
      });
    }
    return examples;
  }

  /** Free speech of a recording, and its gap to free phones. */
  async transcribe(samples: Float32Array): Promise<TranscriptExample | undefined> {
    const utterance = await this.#firstUtterance(samples);
    const best = utterance && this.#free.decode(utterance.posteriors);
    if (utterance === undefined || best === undefined) return undefined;
    const text = best.words.map((word) => this.#free.spellingOf(word)).join(" ");
    return { gapNats: this.#free.gapOf(best, utterance.posteriors), text };
  }

  #utterances(samples: Float32Array) {
    const request = { audio: samples, sampleRateHz: undefined, language: "en" } as const;
    return readUtterances(request, this.#model, this.card.calibration.decoding, CALL);
  }

  #grammar(automaton: Automaton): GrammarDecoder {
    const grammar = speechGrammar(automaton, { negatives: [] });
    const lexicon = modelLexicon(this.#pronouncer.withUser(grammar.pronounce), this.card.phones);
    return new GrammarDecoder(grammar, lexicon, this.card.calibration);
  }

  async #firstUtterance(samples: Float32Array): Promise<Utterance | undefined> {
    for await (const utterance of this.#utterances(samples)) return utterance;
    return undefined;
  }

  #decode(utterance: Utterance, grammar: GrammarDecoder): Promise<DecodedUtterance> {
    return decodeUtterance(utterance, {
      grammar,
      free: undefined,
      rival: async () => this.#free,
      expected: { context: {}, intents: undefined },
      calibration: this.card.calibration,
    });
  }

  #judged(
    { hypotheses, speech, rivals, behindNats }: DecodedUtterance,
    expected: Answer | undefined,
  ): Pick<Example, "speech" | "measures" | "marginNats" | "isRight"> {
    const [best] = hypotheses;
    const isNegative = [best, ...(best?.further ?? [])].some(
      (each) => each?.intent === NEGATIVE_INTENT,
    );
    if (best === undefined || isNegative) {
      return { speech, measures: undefined, marginNats: Infinity, isRight: false };
    }
    const others = hypotheses.filter(
      ({ intent, text }) => intent !== best.intent && text !== best.text,
    );
    return {
      speech,
      measures: measuresOf(best, speech, rivals, this.card.calibration.decision),
      marginNats: Math.min(...others.map(({ text }) => behindNats.get(text) ?? Infinity)),
      isRight: expected !== undefined && isRight(best, expected),
    };
  }
}
