import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import type { NumberSpeller } from "../../languages/number-speller.ts";

/** Longer numbers are codes, and people say them digit by digit. */
const MAX_DIGITS = 9;

/**
 * The usual words of a number in digits: "21" → vingt et un, "-2.5" → minus two point five. Decimal
 * separator "." or ",".
 */
export function numberWords(digits: string, language: Language): string[] {
  const speller = packOf(language).numbers;
  const [, sign, whole = "0", fraction] = /^(-?)(\d+)(?:[.,](\d+))?$/.exec(digits) ?? [];
  const words = sign ? [speller.minus] : [];
  if (whole.length > MAX_DIGITS)
    words.push(...Array.from(whole, (digit) => speller.belowThousand(Number(digit))[0]?.[0] ?? ""));
  else words.push(...wholeWords(Number(whole), speller));
  if (fraction !== undefined) words.push(...speller.decimal(fraction));
  return words;
}

function wholeWords(n: number, speller: NumberSpeller): string[] {
  const millions = Math.floor(n / 1_000_000);
  const thousands = Math.floor(n / 1000) % 1000;
  const rest = n % 1000;
  const words: string[] = [];
  if (millions > 0)
    words.push(...(speller.belowThousand(millions)[0] ?? []), ...speller.million(millions));
  if (thousands > 0) words.push(...(speller.thousands(thousands)[0] ?? []));
  if (rest > 0 || words.length === 0) {
    const tails = words.length > 0 ? speller.afterThousands(rest) : speller.belowThousand(rest);
    words.push(...(tails[0] ?? []));
  }
  return words;
}
