import type { SpokenValues } from "../language-pack.ts";

export const SPOKEN: SpokenValues = {
  ordinals(n, ways) {
    if (n === 1) return [["premier"], ["première"]];
    const regular = ways
      .filter((words) => words.at(-1) !== "une")
      .map((words) => [...words.slice(0, -1), toOrdinal(words.at(-1) ?? "")]);
    return n === 2 ? [...regular, ["second"], ["seconde"]] : regular;
  },
  units: [
    { seconds: 86_400, one: "jour", many: "jours" },
    { seconds: 3600, one: "heure", many: "heures" },
    { seconds: 60, one: "minute", many: "minutes" },
    { seconds: 1, one: "seconde", many: "secondes" },
  ],
  and: "et",
  isPlural: (count) => count >= 2,
  fitUnit,
  time(hour, minute, say) {
    const hours = `${fitUnit(say(hour), "heure")} ${hour < 2 ? "heure" : "heures"}`;
    return `${hours} ${minute === 0 ? "" : say(minute)}`.trim();
  },
};

function toOrdinal(word: string): string {
  if (word === "cinq") return "cinquième";
  const singular = word.replace(/^(cent|vingt)s$/, "$1");
  return `${singular.replace(/f$/, "v").replace(/e$/, "")}ième`;
}

/** "vingt et une heures", but "vingt et un jours". */
function fitUnit(words: string, unit: string): string {
  return unit === "jour" ? words : words.replace(/\bun$/, "une");
}
