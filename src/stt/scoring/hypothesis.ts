import type { Interpretation } from "../../grammar/interpret-path.ts";
import type { WordSpan, WordSequence } from "../search/word-history.ts";
import type { TemplateWordsGap } from "./template-words.ts";

/** A word as it is written, and the frames that the search found it in. */
export type WrittenWord = Omit<WordSpan, "word"> & { readonly text: string };

/** One interpretation of one sequence of words that the search found, with the evidence for it. */
export type Hypothesis = Interpretation &
  TemplateWordsGap & {
    readonly sequence: WordSequence;
    readonly words: readonly WrittenWord[];
    /** Indices of the words that begin a command. */
    readonly firstWords: readonly number[];
    /** Cost of the path through the templates, nats. */
    readonly costNats: number;
    /** Speech in a stretch that no word covers, nats (`uncoveredNats`). */
    readonly uncoveredNats: number;
    /** Whether a wildcard took some of the words. */
    readonly hasWildcard: boolean;
    /** Perplexity of the words by the templates alone, nats (`perplexityNats`). */
    readonly perplexityNats: number;
  };
