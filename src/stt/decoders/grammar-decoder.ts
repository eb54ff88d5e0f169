import { arcPreferences } from "../../grammar/arc-preferences.ts";
import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { interpretPath, type Meaning } from "../../grammar/interpret-path.ts";
import { wordsAround } from "../../grammar/speech-grammar.ts";
import { joinWords } from "../../grammar/text/join-words.ts";
import type { Language } from "../../languages/language.ts";
import { BeamSearch } from "../search/beam-search.ts";
import { inNumber } from "./french-number.ts";
import { GrammarNetwork } from "../network/grammar-network.ts";
import { gapOfFixedWords } from "../scoring/template-words.ts";
import type { Neighbours } from "../network/homophones.ts";
import { type ModelLexicon, soundOf } from "../network/model-lexicon.ts";
import { firstWordsOf, Negated } from "../scoring/negation-score.ts";
import { type Expectations, type ParsedPath, type ParsedWord, parseWords } from "./parse-words.ts";
import { surpriseOf } from "../scoring/perplexity.ts";
import { PhoneTries } from "../network/phone-tries.ts";
import type { FormsOf } from "../../models/word-forms.ts";
import type { Posteriors } from "../../models/posteriors.ts";
import { unclaimedNats } from "../scoring/uncovered-speech.ts";
import { BEAM, FILLERS, GRAMMAR_COSTS, MOST_NODES } from "./settings.ts";
import type { Reading, SpeltWord } from "../scoring/hypothesis.ts";
import type { HeardWord, Hypothesis } from "../search/word-history.ts";
import { ANY_WORD } from "../network/word-network.ts";

type TemplateWord = SpeltWord & ParsedWord;

/** Writes down what was said between two frames and two words, where the templates take any words. */
export type Speller = (
  startFrame: number,
  endFrame: number,
  neighbours: Neighbours,
) => readonly string[];

/** Sequences of words looked at. */
const HYPOTHESES = 8;
const READINGS_PER_HYPOTHESIS = 8;
/** Beside `arcPreferences`: a word that a wildcard takes explains nothing. */
const WORD_OF_ANY_SPELLING = 0.1;
/** Nats a phone: where no command is said nine partials in ten fit worse in quiet, of commands hardly one in noise. */
const MOST_GAP_OF_PARTIAL_NATS = 2.6;

/** Hears sentences of one set of templates. Not for use by two at once. */
export class GrammarDecoder {
  readonly #automaton: Automaton;
  readonly #network: GrammarNetwork;
  readonly #formsOf: FormsOf;
  readonly #tries: PhoneTries;
  readonly #search: BeamSearch;
  readonly #negated: Negated;
  readonly #around: ReadonlySet<number>;
  /** The words that keep their meaning where they were written down as words of any spelling. */
  readonly #spellings: ReadonlyMap<string, number>;
  #preferences: Float32Array | undefined;

  /** @throws EarshotError TEMPLATES_INVALID when a rule refers to itself */
  constructor(automaton: Automaton, { formsOf, isVowel }: ModelLexicon) {
    this.#automaton = automaton;
    this.#formsOf = formsOf;
    this.#network = new GrammarNetwork(automaton, GRAMMAR_COSTS);
    this.#tries = new PhoneTries(this.#network, formsOf, isVowel, FILLERS);
    this.#search = new BeamSearch(this.#tries, isVowel.length, BEAM);
    this.#negated = new Negated(automaton, this.#network, formsOf);
    const between = wordsBetween(automaton);
    const words = [...automaton.words.entries()];
    const around = wordsAround(automaton.language);
    this.#around = new Set(words.flatMap(([index, word]) => (around.has(word) ? [index] : [])));
    this.#spellings = new Map(
      words.flatMap(([index, word]) => (between.has(index) ? [] : [[word, index]])),
    );
  }

  get language(): Language {
    return this.#automaton.language;
  }

  /** Whether the templates have places for words of any spelling. */
  get hearsAnyWord(): boolean {
    return this.#automaton.arcKind.includes(ARC.anyWord);
  }

  /** Readings of the best sequences of words that may be meant now, best first. */
  decode(posteriors: Posteriors, spell: Speller, expected: Expectations): Reading[] {
    this.#run(posteriors);
    return this.#search
      .hypotheses(HYPOTHESES)
      .flatMap((hypothesis) => this.#read(hypothesis, posteriors, spell, expected))
      .toSorted(
        (a, b) =>
          b.hypothesis.score - a.hypothesis.score || b.sentence.priority - a.sentence.priority,
      );
  }

  /** The words heard so far in an utterance that goes on; none where they do not fit what is heard. */
  partial(posteriors: Posteriors): string {
    this.#run(posteriors);
    const heard = this.#search.partial();
    if (this.#gapOf(heard, posteriors).gapNats > MOST_GAP_OF_PARTIAL_NATS) return "";
    return joinWords(heard.map(({ word }) => this.#automaton.words[word] ?? "…"));
  }

  /** Equal for what sounds the same, wherever the spaces between the words are. */
  soundOf({ words }: Reading): string {
    return soundOf(
      words.map(({ text }) => text),
      this.#formsOf,
    );
  }

  /** How much speaks for a word that negates it (`Negated.nats`). @param posteriors in which it was heard */
  negatedNats(reading: Reading, posteriors: Posteriors): number {
    return this.#negated.nats(posteriors, reading);
  }

  #run(posteriors: Posteriors): void {
    if (this.#tries.size > MOST_NODES) this.#tries.forget();
    this.#search.run(posteriors);
  }

  #read(
    hypothesis: Hypothesis,
    posteriors: Posteriors,
    spell: Speller,
    expected: Expectations,
  ): Reading[] {
    const words = this.#spellWords(hypothesis.words, spell);
    if (words.some(({ text }) => text === "")) return [];
    for (const written of new Set([this.#inNumber(words), words])) {
      const readings = this.#readWords(written, hypothesis, posteriors, expected);
      if (readings.length > 0) return readings;
    }
    return [];
  }

  /** Of French words that sound the same, those that agree with the words before them. */
  #inNumber(words: readonly TemplateWord[]): readonly TemplateWord[] {
    if (this.language !== "fr") return words;
    const texts = inNumber(
      words.map(({ text }) => text),
      (word) => this.#spellings.has(word),
    );
    return words.map((word, i) => {
      const text = texts[i]!;
      return word.index === null || text === word.text
        ? word
        : { ...word, text, index: this.#spellings.get(text)! };
    });
  }

  #readWords(
    words: readonly TemplateWord[],
    hypothesis: Hypothesis,
    posteriors: Posteriors,
    expected: Expectations,
  ): Reading[] {
    const { context = {} } = expected;
    const paths = parseWords(this.#automaton, words, expected)
      .toSorted((a, b) => this.#preferenceOf(a) - this.#preferenceOf(b))
      .slice(0, READINGS_PER_HYPOTHESIS);
    if (paths.length === 0) return [];
    const evidence = this.#evidenceFor(hypothesis.words, posteriors);
    return paths
      .map(({ costNats, steps }) => ({
        ...interpretPath(this.#automaton, steps, { context }),
        hypothesis,
        words,
        firstWords: firstWordsOf(this.#automaton, steps),
        costNats,
        ...evidence,
      }))
      .filter((reading) =>
        [reading, ...reading.further].every((meaning) => hasWhatItNeeds(meaning, reading.text)),
      );
  }

  /**
   * Stretches of words of any spelling are written down as a whole, and share its time evenly. One in which nothing was
   * said is a word without text. A word that the templates have ("by" in `{song} by {artist}`) may be theirs, as in
   * typed text; one that goes from a command to the next may not.
   */
  #spellWords(heard: readonly HeardWord[], spell: Speller): TemplateWord[] {
    const { words } = this.#automaton;
    return heard.flatMap(({ word, startFrame, endFrame }, i): TemplateWord[] => {
      if (word !== ANY_WORD) return [{ index: word, text: words[word]!, startFrame, endFrame }];
      if (heard[i - 1]?.word === ANY_WORD) return [];
      let last = i;
      while (heard[last + 1]?.word === ANY_WORD) last++;
      const end = heard[last]!.endFrame;
      const [before, after] = [i - 1, last + 1].map((at) => words[heard[at]?.word ?? -1]);
      const spelt = spell(startFrame, end, { before, after });
      const each = (end - startFrame) / Math.max(1, spelt.length);
      return (spelt.length > 0 ? spelt : [""]).map((text, k) => ({
        index: this.#spellings.get(text) ?? null,
        text,
        startFrame: startFrame + k * each,
        endFrame: startFrame + (k + 1) * each,
      }));
    });
  }

  /** The words are the same: what is typed and what is said are to mean the same, too. */
  #preferenceOf({ steps }: ParsedPath): number {
    const preferences = (this.#preferences ??= arcPreferences(this.#automaton));
    const { arcKind } = this.#automaton;
    const costOf = (arc: number): number =>
      preferences[arc]! + (arcKind[arc] === ARC.anyWord ? WORD_OF_ANY_SPELLING : 0);
    return steps.reduce((sum, { arc }) => sum + costOf(arc), 0);
  }

  #evidenceFor(
    heard: readonly HeardWord[],
    posteriors: Posteriors,
  ): Pick<
    Reading,
    "gapNats" | "worstWordNats" | "unclaimedNats" | "phones" | "isOpen" | "surpriseNats"
  > {
    return {
      ...this.#gapOf(heard, posteriors),
      unclaimedNats: unclaimedNats(posteriors, heard),
      isOpen: heard.some(({ word }) => word === ANY_WORD),
      surpriseNats: surpriseOf(
        this.#network,
        heard.map(({ word }) => word),
        this.#around,
      ),
    };
  }

  /** How well the templates' own words fit. */
  #gapOf(heard: readonly HeardWord[], posteriors: Posteriors): ReturnType<typeof gapOfFixedWords> {
    const fixed = heard
      .filter(({ word }) => word !== ANY_WORD)
      .map((word) => ({ ...word, forms: this.#formsOf(this.#automaton.words[word.word]!) }));
    const openFrames = heard.reduce(
      (sum, { word, startFrame, endFrame }) =>
        word === ANY_WORD ? sum + endFrame - startFrame : sum,
      0,
    );
    return gapOfFixedWords(posteriors, fixed, openFrames);
  }
}

/** Words that go from one command to the next. */
function wordsBetween({ arcKind, arcLabel, arcOutput, outputs }: Automaton): Set<number> {
  const further = outputs.findIndex(({ type }) => type === "further") + 1;
  const words = new Set<number>();
  if (further === 0) return words;
  arcKind.forEach((kind, arc) => {
    if (kind === ARC.word && arcOutput[arc] === further) words.add(arcLabel[arc]!);
  });
  return words;
}

function hasWhatItNeeds({ sentence, slots }: Meaning, text: string): boolean {
  if (sentence.requiredSlots.some((slot) => slots[slot] === undefined)) return false;
  if (sentence.requiredKeywords.length === 0) return true;
  const said = ` ${text} `;
  return sentence.requiredKeywords.some((keyword) => said.includes(` ${keyword.toLowerCase()} `));
}
