/** French words that lose their vowel before another: they stand as words of their own, "l'" + "eau". */
const FRENCH = /^(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quoiqu)'/;

/** "l'eau" → ["l'", "eau"]; "s'il" → ["s'", "il"]; words that are one word stay: "aujourd'hui". */
export function splitElisions(word: string): string[] {
  const parts: string[] = [];
  let rest = word;
  for (let found = FRENCH.exec(rest); found; found = FRENCH.exec(rest)) {
    parts.push(found[0]);
    rest = rest.slice(found[0].length);
  }
  const last = rest.replace(/'$/, "");
  if (last) parts.push(last);
  return parts;
}
