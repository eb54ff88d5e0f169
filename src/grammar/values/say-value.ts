import type { Language } from "../../languages/language.ts";
import { numberWords } from "../numbers/number-words.ts";

const UNITS: Readonly<Record<Language, readonly (readonly [number, string, string])[]>> = {
  en: [
    [86_400, "day", "days"],
    [3600, "hour", "hours"],
    [60, "minute", "minutes"],
    [1, "second", "seconds"],
  ],
  fr: [
    [86_400, "jour", "jours"],
    [3600, "heure", "heures"],
    [60, "minute", "minutes"],
    [1, "seconde", "secondes"],
  ],
};
const AND: Readonly<Record<Language, string>> = { en: "and", fr: "et" };

/** A number in words: 21 → "vingt et un", −2.5 → "minus two point five". */
export function sayNumber(value: number, language: Language): string {
  return numberWords(String(value), language).join(" ");
}

/** A whole number of seconds in words: 5400 → "une heure et trente minutes". */
export function sayDuration(seconds: number, language: Language): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [size, one, many] of UNITS[language]) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${feminine(count, one, language)} ${count === 1 ? one : many}`);
  }
  const [, second, seconds0] = UNITS[language].at(-1) ?? [1, "", ""];
  if (parts.length === 0)
    return `${sayNumber(0, language)} ${language === "fr" ? second : seconds0}`;
  const [last = ""] = parts.slice(-1);
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(" ")} ${AND[language]} ${last}`;
}

/** A time of day in words: "19:30" → "dix neuf heures trente", "seven thirty pm". */
export function sayTime(clock: string, language: Language): string {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  const minutes = minute === 0 ? "" : sayNumber(minute, language);
  if (language === "fr") {
    const hours = `${feminine(hour, "heure", language)} ${hour < 2 ? "heure" : "heures"}`;
    return `${hours} ${minutes}`.trim();
  }
  const spoken = sayNumber(hour % 12 === 0 ? 12 : hour % 12, language);
  const past = minute > 0 && minute < 10 ? `oh ${minutes}` : minutes;
  return `${spoken} ${past} ${hour < 12 ? "am" : "pm"}`.replace(/ {2,}/, " ");
}

/** "vingt et une heures", but "vingt et un jours". */
function feminine(count: number, unit: string, language: Language): string {
  const words = sayNumber(count, language);
  return language === "fr" && unit !== "jour" ? words.replace(/\bun$/, "une") : words;
}
