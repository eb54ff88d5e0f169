import type { Automaton } from "../../grammar/automaton.ts";
import { openPronunciation } from "../../grammar/pronunciation/open-pronunciation.ts";
import type { Pronouncer } from "../../grammar/pronunciation/pronouncer.ts";
import { joinWords } from "../../grammar/text/join-words.ts";
import type { Language } from "../../languages/language.ts";
import type { CallContext, Native } from "../../workers/serve.ts";
import { AcousticModel } from "../../models/acoustic-model.ts";
import { PADDING_MS } from "./comfort-noise.ts";
import { agree, type Listened } from "../decision/combine-passes.ts";
import { decideSpeech, isNegated, isShort, isSpeech } from "../decision/decide-speech.ts";
import { FreeDecoder } from "../decoders/free-decoder.ts";
import { GrammarDecoder, type Speller } from "../decoders/grammar-decoder.ts";
import type { Reading } from "../scoring/hypothesis.ts";
import { hasLanguageModel, readLanguageModel } from "../network/language-model.ts";
import { type ModelLexicon, modelLexicon } from "../network/model-lexicon.ts";
import type { OtherWords } from "../decision/free-speech-rival.ts";
import { sliceFrames } from "../../models/posteriors.ts";
import { meanPhoneLogProb } from "../scoring/speech-evidence.ts";
import { type Listening, OTHER_SPEEDS } from "./decoding-pass.ts";
import { type ModelCard, openModelFolder } from "../../models/model-folder.ts";
import type { AudioRequest, SpeechProtocol } from "./protocol.ts";
import type { TimedWord, Transcript } from "../recognition.ts";
import { hearUtterances, type Utterance } from "./utterances.ts";

type Request<K extends keyof SpeechProtocol> = SpeechProtocol[K]["request"];
type Response<K extends keyof SpeechProtocol> = SpeechProtocol[K]["response"];
type Heard = Response<"recognize">;
type ReadListening = Listening & Listened;

const EVEN_TRANSCRIPT_GAP_NATS = 0.5;
const FASTEST_PHONE_MS = 45;

/** The worker's side of speech: a model with pronunciations, templates and vocabularies, kept once loaded. */
export class Recognizer {
  readonly card: ModelCard;
  readonly #dir: string;
  readonly #model: AcousticModel;
  readonly #pronouncers = new Map<Language, Promise<Pronouncer>>();
  readonly #freeDecoders = new Map<Language, Promise<FreeDecoder>>();
  readonly #grammars = new Map<number, GrammarDecoder>();

  private constructor(dir: string, card: ModelCard, model: AcousticModel) {
    this.card = card;
    this.#dir = dir;
    this.#model = model;
  }

  /** @throws EarshotError MODEL_INVALID, MODEL_LOAD_FAILED */
  static async load(dir: string, native: Native): Promise<Recognizer> {
    const folder = await openModelFolder(dir);
    return new Recognizer(dir, folder.card, await AcousticModel.load(folder, native));
  }

  async release(native: Native): Promise<void> {
    await this.#model.release(native);
  }

  /** @throws EarshotError TEMPLATES_INVALID, MODEL_INVALID */
  async addGrammar({ id, automaton }: Request<"addGrammar">): Promise<Response<"addGrammar">> {
    const lexicon = await this.#lexicon(automaton);
    this.#grammars.set(id, new GrammarDecoder(automaton, lexicon));
    const unsayable = automaton.words.filter((word) => lexicon.formsOf(word).length === 0);
    return { unsayable };
  }

  removeGrammar(id: number): undefined {
    this.#grammars.delete(id);
  }

  /** @throws EarshotError AUDIO_…, RECOGNITION_FAILED; `signal.reason` */
  async recognize(request: Request<"recognize">, call: CallContext): Promise<Heard> {
    const { language } = this.#grammar(request.grammar);
    let best = nothingHeard(language);
    let audioMs = 0;
    for await (const utterance of hearUtterances(request, this.#model, call)) {
      const heard = isSpeech(utterance.evidence)
        ? await this.#understand(utterance, request)
        : nothingHeard(language);
      if (rankOf(heard) > rankOf(best)) best = heard;
      audioMs = utterance.endMs;
    }
    return { ...best, audioMs };
  }

  /** @throws EarshotError AUDIO_…, RECOGNITION_FAILED, MODEL_INVALID; `signal.reason` */
  async transcribe(request: AudioRequest, call: CallContext): Promise<Transcript> {
    const { language } = request;
    const free = await this.#freeDecoder(language);
    const words: TimedWord[] = [];
    const gaps: number[] = [];
    let audioMs = 0;
    for await (const utterance of hearUtterances(request, this.#model, call)) {
      const { posteriors, evidence, frameMs } = utterance;
      audioMs = utterance.endMs;
      const best = isSpeech(evidence) ? free.decode(posteriors) : undefined;
      if (best === undefined) continue;
      gaps.push(free.gapOf(best, posteriors));
      const heard = best.words.map((word) => ({ ...word, text: free.spellingOf(word) }));
      words.push(...timed(heard, utterance, frameMs));
    }
    const text = joinWords(words.map((word) => word.text));
    const confidence = text === "" ? 0 : transcriptConfidence(mean(gaps));
    return { text, words, confidence, language, audioMs };
  }

  /** @throws EarshotError AUDIO_…, RECOGNITION_FAILED; `signal.reason` */
  async partial(request: Request<"partial">, call: CallContext): Promise<Response<"partial">> {
    const texts: string[] = [];
    for await (const { posteriors, evidence } of hearUtterances(request, this.#model, call)) {
      if (!isSpeech(evidence)) continue;
      if (request.grammar === undefined) {
        const free = await this.#freeDecoder(request.language);
        texts.push(joinWords(free.partial(posteriors).map((word) => free.spellingOf(word))));
      } else {
        texts.push(this.#grammar(request.grammar).partial(posteriors));
      }
    }
    return { text: texts.filter((text) => text !== "").join(" ") };
  }

  async #understand(utterance: Utterance, request: Request<"recognize">): Promise<Heard> {
    const grammar = this.#grammar(request.grammar);
    const { language } = grammar;
    const free = grammar.hearsAnyWord ? await this.#freeDecoder(language) : undefined;
    const { context, intents } = request;
    const expected = { context, intents: intents && new Set(intents) };
    const soundMs = utterance.endMs - utterance.startMs - PADDING_MS;
    const read = (listening: Listening): ReadListening => {
      const { posteriors, evidence } = listening;
      const spell: Speller = (from, to, neighbours) =>
        free?.spell(sliceFrames(posteriors, from, to), neighbours) ?? [];
      // Nobody says them faster, and none is in the silence that was put around.
      const readings = grammar
        .decode(posteriors, spell, expected)
        .filter(({ phones }) => phones * FASTEST_PHONE_MS <= soundMs);
      return { ...listening, readings, freeScore: evidence.freeScore };
    };
    const listenings: [ReadListening, ...ReadListening[]] = [read(utterance)];
    for (const speed of OTHER_SPEEDS) {
      const again = await utterance.listenAt(speed);
      if (again !== undefined) listenings.push(read(again));
    }
    const heard = agree(listenings);
    const evidence = { ...heard.evidence, phoneLogProb: meanPhoneLogProb(listenings) };
    const [best] = heard.readings;
    const others = await this.#otherWords(best, listenings, grammar);
    const decided = decideSpeech(heard.readings, evidence, others, heard.behindNats);
    const { decision, candidates } = decided;
    const isWanted = decision === "reject" || !isNegatedIn(listenings, best, grammar);
    return {
      text: best?.text ?? "",
      ...(isWanted ? decided : { intent: null, decision: "reject", candidates }),
      words: timed(best?.words ?? [], utterance, heard.frameMs),
      language,
      audioMs: 0,
    };
  }

  /** What else each listening may have heard instead of a short sentence, if the model knows words beyond the templates. */
  async #otherWords(
    best: Reading | undefined,
    listenings: readonly ReadListening[],
    grammar: GrammarDecoder,
  ): Promise<OtherWords[]> {
    const { language } = grammar;
    if (best === undefined || !isShort(best) || !hasLanguageModel(this.#dir, language)) return [];
    const free = await this.#freeDecoder(language);
    return listenings.flatMap(({ posteriors, readings }) => {
      const heard = free.decode(posteriors);
      if (heard === undefined) return [];
      const sound = free.soundOf(heard);
      const soundLike = (reading: Reading): boolean => grammar.soundOf(reading) === sound;
      return [{ readings, score: heard.score, soundLike }];
    });
  }

  #grammar(id: number): GrammarDecoder {
    const grammar = this.#grammars.get(id);
    if (grammar === undefined) throw new RangeError(`The speech worker has no grammar ${id}`);
    return grammar;
  }

  /** Shares the words of the language with the lexicons of other templates. */
  async #lexicon({ language, pronounce }: Automaton): Promise<ModelLexicon> {
    const pronouncer = await this.#pronouncer(language);
    return modelLexicon(pronouncer.withUser(pronounce), this.card.phones);
  }

  #pronouncer(language: Language): Promise<Pronouncer> {
    return remembered(this.#pronouncers, language, () =>
      openPronunciation({ modelDir: this.#dir, language }),
    );
  }

  #freeDecoder(language: Language): Promise<FreeDecoder> {
    return remembered(this.#freeDecoders, language, async () => {
      const model = await readLanguageModel(this.#dir, language);
      const pronouncer = await this.#pronouncer(language);
      return new FreeDecoder(model, modelLexicon(pronouncer, this.card.phones));
    });
  }
}

function isNegatedIn(
  listenings: readonly ReadListening[],
  best: Reading | undefined,
  grammar: GrammarDecoder,
): boolean {
  return isNegated(
    listenings.flatMap(({ readings, posteriors }) => {
      const same = readings.find(({ text }) => text === best?.text);
      return same === undefined ? [] : [grammar.negatedNats(same, posteriors)];
    }),
  );
}

/** A word that reaches into the padding around the utterance begins or ends with the utterance. */
function timed(
  words: readonly { text: string; startFrame: number; endFrame: number }[],
  { startMs, endMs }: Pick<Utterance, "startMs" | "endMs">,
  frameMs: number,
): TimedWord[] {
  const toMs = (frame: number): number => {
    const ms = Math.round(startMs + frame * frameMs);
    return Math.min(Math.max(ms, Math.ceil(startMs + PADDING_MS)), Math.floor(endMs));
  };
  return words.map(({ text, startFrame, endFrame }) => ({
    text,
    startMs: toMs(startFrame),
    endMs: toMs(endFrame),
  }));
}

function nothingHeard(language: Language): Heard {
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

/** 0.5 where half of the words are right, by recordings of people reading sentences (`gapNats`: a phone). */
function transcriptConfidence(gapNats: number): number {
  const confidence = 1 / (1 + Math.exp((gapNats - EVEN_TRANSCRIPT_GAP_NATS) / 0.2));
  return Math.round(confidence * 1000) / 1000;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of several utterances in a recording the surest command counts, then whatever was heard first. */
function rankOf({ decision, candidates, text }: Heard): number {
  if (decision === "reject") return text === "" ? 0 : 1;
  return 2 + (candidates[0]?.confidence ?? 0);
}

/** What `make` gives, kept unless it fails. */
async function remembered<K, V>(
  kept: Map<K, Promise<V>>,
  key: K,
  make: () => Promise<V>,
): Promise<V> {
  let made = kept.get(key);
  if (made === undefined) {
    made = make();
    kept.set(key, made);
  }
  try {
    return await made;
  } catch (error) {
    kept.delete(key);
    throw error;
  }
}
