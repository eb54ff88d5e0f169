import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import { numberWords } from "../numbers/number-words.ts";

/** A number in words: 21 → "vingt et un", −2.5 → "minus two point five". */
export function sayNumber(value: number, language: Language): string {
  return numberWords(String(value), language).join(" ");
}

/** A whole number of seconds in words: 5400 → "une heure et trente minutes". */
export function sayDuration(seconds: number, language: Language): string {
  const { spoken } = packOf(language);
  const parts: string[] = [];
  let rest = seconds;
  for (const unit of spoken.units) {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    const isLast = unit === spoken.units.at(-1);
    if (count === 0 && !(isLast && parts.length === 0)) continue;
    const words = spoken.fitUnit(sayNumber(count, language), unit.one);
    parts.push(`${words} ${spoken.isPlural(count) ? unit.many : unit.one}`);
  }
  const [last = ""] = parts.slice(-1);
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(" ")} ${spoken.and} ${last}`;
}

/** A time of day in words: "19:30" → "dix neuf heures trente", "seven thirty pm". */
export function sayTime(clock: string, language: Language): string {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return packOf(language).spoken.time(hour, minute, (n) => sayNumber(n, language));
}
