import type { Calibration } from "../../models/model-folder.ts";
import type { Posteriors } from "../../models/posteriors.ts";
import type { FormsOf } from "../../models/word-forms.ts";
import { BigramNetwork } from "../network/bigram-network.ts";
import { Homophones, type Neighbours } from "../network/homophones.ts";
import type { LanguageModel } from "../network/language-model.ts";
import { type ModelLexicon, pronunciationOf } from "../network/model-lexicon.ts";
import { PhoneTries } from "../network/phone-tries.ts";
import { templateWordsGap } from "../scoring/template-words.ts";
import { BeamSearch } from "../search/beam-search.ts";
import type { WordSequence, WordSpan } from "../search/word-history.ts";
import { MAX_TRIE_NODES } from "./max-trie-nodes.ts";

/** Transcribes free speech with a vocabulary and its word pairs. Holds the state of one search: one caller at a time. */
export class FreeDecoder {
  readonly #words: readonly string[];
  readonly #formsOf: FormsOf;
  readonly #tries: PhoneTries;
  readonly #search: BeamSearch;
  readonly #homophones: Homophones;
  readonly #edgePhones: number;

  constructor(
    model: LanguageModel,
    { formsOf, isVowel }: ModelLexicon,
    { decoding, decision }: Calibration,
  ) {
    const { freeSpeech } = decoding;
    this.#words = model.words;
    this.#formsOf = formsOf;
    this.#edgePhones = decision.edgePhones;
    const network = new BigramNetwork(model, freeSpeech);
    this.#tries = new PhoneTries(network, formsOf, isVowel);
    // Free speech has no wildcards.
    this.#search = new BeamSearch(this.#tries, { ...freeSpeech, anyWordFrameNats: Infinity });
    this.#homophones = new Homophones(model, formsOf, freeSpeech.homophoneNats);
  }

  /** The best sequence of words; undefined where none ends in time, as in no frames. */
  decode(posteriors: Posteriors): WordSequence | undefined {
    this.#run(posteriors);
    return this.#search.nBest(1)[0];
  }

  /** The words between two others, in the spelling that suits these. */
  transcribeBetween(posteriors: Posteriors, neighbours: Neighbours): string[] {
    const words = this.decode(posteriors)?.words.map(({ word }) => word) ?? [];
    return this.#homophones.choose(words, neighbours).map((word) => this.#words[word]!);
  }

  /** The words so far in an utterance that goes on. */
  partial(posteriors: Posteriors): readonly WordSpan[] {
    this.#run(posteriors);
    return this.#search.partial();
  }

  /** Gap between the words and free phones, nats a phone. */
  gapOf({ words }: WordSequence, posteriors: Posteriors): number {
    const withForms = words.map((word) => ({
      ...word,
      forms: this.#formsOf(this.spellingOf(word)),
    }));
    return templateWordsGap(posteriors, withForms, this.#edgePhones).gapNats;
  }

  /** The phones of the words: equal for what sounds the same, wherever the spaces are. */
  pronunciationOf({ words }: WordSequence): string {
    return pronunciationOf(
      words.map((word) => this.spellingOf(word)),
      this.#formsOf,
    );
  }

  spellingOf({ word }: WordSpan): string {
    return this.#words[word]!;
  }

  #run(posteriors: Posteriors): void {
    if (this.#tries.size > MAX_TRIE_NODES) this.#tries.forget();
    this.#search.run(posteriors);
  }
}
