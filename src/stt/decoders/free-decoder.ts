import { BeamSearch } from "../search/beam-search.ts";
import { BigramNetwork } from "../network/bigram-network.ts";
import { gapOfFixedWords } from "../scoring/template-words.ts";
import { Homophones, type Neighbours } from "../network/homophones.ts";
import type { LanguageModel } from "../network/language-model.ts";
import { type ModelLexicon, soundOf } from "../network/model-lexicon.ts";
import { PhoneTries } from "../network/phone-tries.ts";
import type { FormsOf } from "../../models/word-forms.ts";
import type { Posteriors } from "../../models/posteriors.ts";
import { FREE_BEAM, FREE_SPEECH, MOST_NODES, NO_FILLERS } from "./settings.ts";
import type { HeardWord, Hypothesis } from "../search/word-history.ts";

/** Writes down free speech with a vocabulary and its word pairs. Not for use by two at once. */
export class FreeDecoder {
  readonly #words: readonly string[];
  readonly #formsOf: FormsOf;
  readonly #tries: PhoneTries;
  readonly #search: BeamSearch;
  readonly #homophones: Homophones;

  constructor(model: LanguageModel, { formsOf, isVowel }: ModelLexicon) {
    this.#words = model.words;
    this.#formsOf = formsOf;
    const network = new BigramNetwork(model, FREE_SPEECH.wordNats, FREE_SPEECH.scale);
    this.#tries = new PhoneTries(network, formsOf, isVowel, NO_FILLERS);
    this.#search = new BeamSearch(this.#tries, isVowel.length, FREE_BEAM);
    this.#homophones = new Homophones(model, formsOf);
  }

  /** The best sequence of words; undefined where none ends in time, as in no frames. */
  decode(posteriors: Posteriors): Hypothesis | undefined {
    this.#run(posteriors);
    return this.#search.hypotheses(1)[0];
  }

  /** The words said between two others, as they are spelt there. */
  spell(posteriors: Posteriors, neighbours: Neighbours): string[] {
    const words = this.decode(posteriors)?.words.map(({ word }) => word) ?? [];
    return this.#homophones.choose(words, neighbours).map((word) => this.#words[word] ?? "");
  }

  partial(posteriors: Posteriors): readonly HeardWord[] {
    this.#run(posteriors);
    return this.#search.partial();
  }

  /** How much worse its words fit than free phones, in nats a phone. */
  gapOf({ words }: Hypothesis, posteriors: Posteriors): number {
    const heard = words.map((word) => ({ ...word, forms: this.#formsOf(this.spellingOf(word)) }));
    return gapOfFixedWords(posteriors, heard).gapNats;
  }

  /** Equal for what sounds the same, wherever the spaces between the words are. */
  soundOf({ words }: Hypothesis): string {
    return soundOf(
      words.map((word) => this.spellingOf(word)),
      this.#formsOf,
    );
  }

  spellingOf({ word }: HeardWord): string {
    return this.#words[word] ?? "";
  }

  #run(posteriors: Posteriors): void {
    if (this.#tries.size > MOST_NODES) this.#tries.forget();
    this.#search.run(posteriors);
  }
}
