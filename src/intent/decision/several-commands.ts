import type { Understanding } from "../../grammar/understanding.ts";
import type { Language } from "../../languages/language.ts";

/** What may stand between two commands. */
const BETWEEN: Readonly<Record<Language, RegExp>> = {
  en: /\s*[,;]?\s+(?:and\s+then|and\s+also|and|then|also)\s+|\s*[,;.!?]\s+/giu,
  fr: /\s*[,;]?\s+(?:et\s+puis|et\s+ensuite|et|puis|ensuite)\s+|\s*[,;.!?]\s+/giu,
};
/** More parts than this are a story. */
const MOST_PARTS = 6;

/** Understands one part of a text; undefined when it is no command. */
export type UnderstandPart = (text: string, isFirst: boolean) => Understanding | undefined;

/**
 * Reads a text as several commands, one after another: every word must belong to one of them. The longest commands
 * win, so that "play rock and roll" stays one. Undefined when it cannot be read so.
 */
export function readSeveral(
  text: string,
  language: Language,
  understand: UnderstandPart,
): Understanding | undefined {
  const cuts = Array.from(text.matchAll(BETWEEN[language]), (match) => ({
    end: match.index,
    next: match.index + match[0].length,
  }));
  if (cuts.length === 0 || cuts.length >= MOST_PARTS) return undefined;
  const parts = readFrom(
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

function readFrom(
  text: string,
  cuts: readonly Cut[],
  cut: number,
  start: number,
  understand: UnderstandPart,
): Understanding[] | undefined {
  for (let last = cuts.length - 1; last >= cut; last--) {
    const { end, next } = cuts[last] ?? { end: 0, next: 0 };
    const isWhole = start === 0 && last === cuts.length - 1;
    const part = isWhole ? undefined : understand(text.slice(start, end), start === 0);
    if (!part?.intent) continue;
    if (last === cuts.length - 1) return [part];
    const rest = readFrom(text, cuts, last + 1, next, understand);
    if (rest) return [part, ...rest];
  }
  return undefined;
}
