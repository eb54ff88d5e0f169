/** Words that lose their vowel before another vowel and become words of their own: "l'" + "eau". */
const ELIDED = /^(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quoiqu)'/;

/** "l'eau" → ["l'", "eau"]; "s'il" → ["s'", "il"]; "aujourd'hui" stays one word. */
export function splitElisions(word: string): string[] {
  const parts: string[] = [];
  let rest = word;
  for (let found = ELIDED.exec(rest); found; found = ELIDED.exec(rest)) {
    parts.push(found[0]);
    rest = rest.slice(found[0].length);
  }
  const last = rest.replace(/'$/, "");
  if (last) parts.push(last);
  return parts;
}
