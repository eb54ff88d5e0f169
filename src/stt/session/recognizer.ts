import { mean } from "../../base/statistics.ts";
import { openPronunciation } from "../../grammar/pronunciation/open-pronunciation.ts";
import type { Pronouncer } from "../../grammar/pronunciation/pronouncer.ts";
import { joinWords } from "../../grammar/text/join-words.ts";
import type { Language } from "../../languages/language.ts";
import { AcousticModel } from "../../models/acoustic-model.ts";
import { type ModelCard, type ModelFolder, openModelFolder } from "../../models/model-folder.ts";
import type { CallContext, Native } from "../../workers/serve.ts";
import { transcriptConfidence } from "../decision/confidence.ts";
import { isSpeech } from "../decision/is-speech.ts";
import { FreeDecoder } from "../decoders/free-decoder.ts";
import { GrammarDecoder } from "../decoders/grammar-decoder.ts";
import { hasLanguageModel, readLanguageModel } from "../network/language-model.ts";
import { modelLexicon } from "../network/model-lexicon.ts";
import type { TimedWord, Transcript } from "../recognition.ts";
import { LoadOnce } from "./load-once.ts";
import type { AudioRequest, SpeechProtocol } from "./protocol.ts";
import { toTimedWords } from "./timed-words.ts";
import { type Understander, understandUtterance } from "./understand-utterance.ts";
import { readUtterances, type Utterance } from "./utterances.ts";

type Request<K extends keyof SpeechProtocol> = SpeechProtocol[K]["request"];
type Response<K extends keyof SpeechProtocol> = SpeechProtocol[K]["response"];
type Recognized = Response<"recognize">;

/** The worker's side of speech: one model with its pronunciations, vocabularies and templates. */
export class Recognizer {
  readonly card: ModelCard;
  readonly #model: AcousticModel;
  readonly #pronouncers: LoadOnce<Language, Pronouncer>;
  readonly #freeDecoders: LoadOnce<Language, FreeDecoder>;
  readonly #hasVocabulary: (language: Language) => boolean;
  readonly #grammars = new Map<number, GrammarDecoder>();

  private constructor({ dir, card }: ModelFolder, model: AcousticModel) {
    this.card = card;
    this.#model = model;
    this.#hasVocabulary = (language) => hasLanguageModel(dir, language);
    this.#pronouncers = new LoadOnce((language) => openPronunciation({ modelDir: dir, language }));
    this.#freeDecoders = new LoadOnce(async (language) => {
      const vocabulary = await readLanguageModel(dir, language);
      const pronouncer = await this.#pronouncers.get(language);
      return new FreeDecoder(vocabulary, modelLexicon(pronouncer, card.phones), card.calibration);
    });
  }

  /** @throws EarshotError MODEL_INVALID, MODEL_LOAD_FAILED */
  static async load(dir: string, native: Native): Promise<Recognizer> {
    const folder = await openModelFolder(dir);
    return new Recognizer(folder, await AcousticModel.load(folder, native));
  }

  async release(native: Native): Promise<void> {
    await this.#model.release(native);
  }

  /**
   * Keeps templates under a number. Their lexicon shares the words of the language with the others'.
   * @returns the words without a pronunciation
   * @throws EarshotError TEMPLATES_INVALID, MODEL_INVALID
   */
  async addGrammar({ id, automaton }: Request<"addGrammar">): Promise<Response<"addGrammar">> {
    const { language, pronounce, words } = automaton;
    const pronouncer = await this.#pronouncers.get(language);
    const lexicon = modelLexicon(pronouncer.withUser(pronounce), this.card.phones);
    this.#grammars.set(id, new GrammarDecoder(automaton, lexicon, this.card.calibration));
    return { unsayable: words.filter((word) => lexicon.formsOf(word).length === 0) };
  }

  removeGrammar(id: number): undefined {
    this.#grammars.delete(id);
  }

  /**
   * Decodes audio through templates; of several utterances the surest command is the answer.
   * @throws EarshotError AUDIO_…, RECOGNITION_FAILED; `signal.reason`
   */
  async recognize(request: Request<"recognize">, call: CallContext): Promise<Recognized> {
    const grammar = this.#grammar(request.grammar);
    let best = nothingRecognized(grammar.language);
    let audioMs = 0;
    for await (const utterance of this.#utterances(request, call)) {
      audioMs = utterance.endMs;
      if (!this.#isSpeech(utterance)) continue;
      const understander = await this.#understander(grammar, request);
      const recognized = await understandUtterance(utterance, understander);
      if (rankOf(recognized) > rankOf(best)) best = recognized;
    }
    return { ...best, audioMs };
  }

  /**
   * Transcribes free speech.
   * @throws EarshotError AUDIO_…, RECOGNITION_FAILED, MODEL_INVALID without a vocabulary; `signal.reason`
   */
  async transcribe(request: AudioRequest, call: CallContext): Promise<Transcript> {
    const { language } = request;
    const { decoding, decision } = this.card.calibration;
    const free = await this.#freeDecoders.get(language);
    const words: TimedWord[] = [];
    const gaps: number[] = [];
    let audioMs = 0;
    for await (const utterance of this.#utterances(request, call)) {
      const { posteriors, frameMs } = utterance;
      audioMs = utterance.endMs;
      const best = this.#isSpeech(utterance) ? free.decode(posteriors) : undefined;
      if (best === undefined) continue;
      gaps.push(free.gapOf(best, posteriors));
      const written = best.words.map((word) => ({ ...word, text: free.spellingOf(word) }));
      words.push(...toTimedWords(written, utterance, frameMs, decoding.comfortNoise.paddingMs));
    }
    const text = joinWords(words.map((word) => word.text));
    const confidence = text === "" ? 0 : transcriptConfidence(mean(gaps), decision);
    return { text, words, confidence, language, audioMs };
  }

  /**
   * The words so far in an utterance that goes on, through templates or as free speech.
   * @throws EarshotError AUDIO_…, RECOGNITION_FAILED; `signal.reason`
   */
  async partial(request: Request<"partial">, call: CallContext): Promise<Response<"partial">> {
    const texts: string[] = [];
    for await (const utterance of this.#utterances(request, call)) {
      if (!this.#isSpeech(utterance)) continue;
      const { posteriors } = utterance;
      if (request.grammar === undefined) {
        const free = await this.#freeDecoders.get(request.language);
        texts.push(joinWords(free.partial(posteriors).map((word) => free.spellingOf(word))));
      } else {
        texts.push(this.#grammar(request.grammar).partial(posteriors));
      }
    }
    return { text: texts.filter((text) => text !== "").join(" ") };
  }

  #utterances(request: AudioRequest, call: CallContext): AsyncGenerator<Utterance> {
    return readUtterances(request, this.#model, this.card.calibration.decoding, call);
  }

  #isSpeech({ evidence }: Utterance): boolean {
    return isSpeech(evidence, this.card.calibration.decision.speech);
  }

  async #understander(
    grammar: GrammarDecoder,
    { context, intents }: Request<"recognize">,
  ): Promise<Understander> {
    const { language } = grammar;
    return {
      grammar,
      free: grammar.hasWildcards ? await this.#freeDecoders.get(language) : undefined,
      rival: async () =>
        this.#hasVocabulary(language) ? await this.#freeDecoders.get(language) : undefined,
      expected: { context, intents: intents && new Set(intents) },
      calibration: this.card.calibration,
    };
  }

  #grammar(id: number): GrammarDecoder {
    const grammar = this.#grammars.get(id);
    if (grammar === undefined) throw new RangeError(`The speech worker has no grammar ${id}`);
    return grammar;
  }
}

function nothingRecognized(language: Language): Recognized {
  return {
    text: "",
    intent: null,
    decision: "reject",
    candidates: [],
    words: [],
    language,
    audioMs: 0,
  };
}

/** Orders the utterances of a recording: the surest command, then any text, then none; the first of equals is kept. */
function rankOf({ decision, candidates, text }: Recognized): number {
  if (decision === "reject") return text === "" ? 0 : 1;
  return 2 + (candidates[0]?.confidence ?? 0);
}
