import type { Understanding } from "../../grammar/understanding.ts";
import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";

/** Bounds the commands in one text: one with more parts is a story. */
const MAX_PARTS = 6;

/** Understands one part of a text; undefined if it is no command. */
export type UnderstandPart = (text: string, isFirst: boolean) => Understanding | undefined;

/**
 * Splits a text into several commands, one after another; every word must belong to one of them. Longer commands are
 * tried first, so that "play rock and roll" stays one. Undefined if the text cannot be split so.
 */
export function understandSeveral(
  text: string,
  language: Language,
  understand: UnderstandPart,
): Understanding | undefined {
  const cuts = Array.from(text.matchAll(separatorOf(language)), (match) => ({
    end: match.index,
    next: match.index + match[0].length,
  }));
  if (cuts.length === 0 || cuts.length >= MAX_PARTS) return undefined;
  const parts = splitFrom(
    text,
    [...cuts, { end: text.length, next: text.length }],
    0,
    0,
    understand,
  );
  const [first, ...further] = parts ?? [];
  if (!first || further.length === 0) return undefined;
  const intents = further.flatMap(({ intent }) => intent ?? []);
  return { ...first, text, further: intents };
}

type Cut = { readonly end: number; readonly next: number };

/** The commands from this cut on, which begin at this character. */
function splitFrom(
  text: string,
  cuts: readonly Cut[],
  cut: number,
  start: number,
  understand: UnderstandPart,
): Understanding[] | undefined {
  for (let last = cuts.length - 1; last >= cut; last--) {
    const { end, next } = cuts[last]!;
    const isWhole = start === 0 && last === cuts.length - 1;
    const part = isWhole ? undefined : understand(text.slice(start, end), start === 0);
    if (!part?.intent) continue;
    if (last === cuts.length - 1) return [part];
    const rest = splitFrom(text, cuts, last + 1, next, understand);
    if (rest) return [part, ...rest];
  }
  return undefined;
}

/** Matches the words or the punctuation between two commands; a longer phrase comes before the phrases it begins with. */
function separatorOf(language: Language): RegExp {
  const phrases = packOf(language)
    .words.between.toSorted((a, b) => b.length - a.length)
    .map((phrase) => phrase.replaceAll(" ", "\\s+"));
  return new RegExp(`\\s*[,;]?\\s+(?:${phrases.join("|")})\\s+|\\s*[,;.!?]\\s+`, "giu");
}
