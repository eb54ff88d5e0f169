import { ARC, type Automaton } from "../../grammar/automaton.ts";
import { packOf } from "../../languages/packs.ts";
import type { Neighbours } from "../network/homophones.ts";
import { ANY_WORD } from "../network/word-network.ts";
import type { WrittenWord } from "../scoring/hypothesis.ts";
import type { WordSpan } from "../search/word-history.ts";
import type { ParsedWord } from "./parse-words.ts";

/** A written word with its index in the automaton. */
export type AutomatonWord = WrittenWord & ParsedWord;

/** Transcribes the frames that a wildcard took, between two words of the template; `endFrame` is exclusive. */
export type WildcardTranscriber = (
  startFrame: number,
  endFrame: number,
  neighbours: Neighbours,
) => readonly string[];

/** Writes the words that the search found as the templates, or free speech in place of wildcards, spell them. */
export class WordWriter {
  readonly #automaton: Automaton;
  /** Words that may be the templates' own where free speech wrote them. */
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    const joining = wordsBetweenCommands(automaton);
    const words = [...automaton.words.entries()];
    this.#indexOf = new Map(
      words.flatMap(([index, word]) => (joining.has(index) ? [] : [[word, index]])),
    );
  }

  /**
   * The words with their frames. A stretch of wildcard words is transcribed as a whole, and its words share its time
   * evenly; one without speech becomes a word without text. A transcribed word that the templates have ("by" in
   * `{song} by {artist}`) may be theirs, as in typed text; one that joins commands may not.
   */
  write(found: readonly WordSpan[], transcribe: WildcardTranscriber): AutomatonWord[] {
    const { words } = this.#automaton;
    return found.flatMap(({ word, startFrame, endFrame }, i): AutomatonWord[] => {
      if (word !== ANY_WORD) return [{ index: word, text: words[word]!, startFrame, endFrame }];
      if (found[i - 1]?.word === ANY_WORD) return [];
      let last = i;
      while (found[last + 1]?.word === ANY_WORD) last++;
      const end = found[last]!.endFrame;
      const [before, after] = [i - 1, last + 1].map((at) => words[found[at]?.word ?? -1]);
      const texts = transcribe(startFrame, end, { before, after });
      const each = (end - startFrame) / Math.max(1, texts.length);
      return (texts.length > 0 ? texts : [""]).map((text, k) => ({
        index: this.#indexOf.get(text) ?? null,
        text,
        startFrame: startFrame + k * each,
        endFrame: startFrame + (k + 1) * each,
      }));
    });
  }

  /** The same words; words that sound alike are spelt to agree with those before them, as French plurals are. */
  inAgreement(words: readonly AutomatonWord[]): readonly AutomatonWord[] {
    const { agree } = packOf(this.#automaton.language).text;
    if (agree === undefined) return words;
    const texts = agree(
      words.map(({ text }) => text),
      (word) => this.#indexOf.has(word),
    );
    return words.map((word, i) => {
      const text = texts[i]!;
      return word.index === null || text === word.text
        ? word
        : { ...word, text, index: this.#indexOf.get(text)! };
    });
  }
}

function wordsBetweenCommands({ arcKind, arcLabel, arcOutput, outputs }: Automaton): Set<number> {
  const further = outputs.findIndex(({ type }) => type === "further") + 1;
  const words = new Set<number>();
  if (further === 0) return words;
  arcKind.forEach((kind, arc) => {
    if (kind === ARC.word && arcOutput[arc] === further) words.add(arcLabel[arc]!);
  });
  return words;
}
