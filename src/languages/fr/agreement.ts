/** Determiners before a singular and before a plural. */
const SINGULAR = new Set(
  "le la l' un une ce cet cette mon ma ton ta son sa notre votre leur au du chaque".split(" "),
);
const PLURAL = new Set("les des ces mes tes ses nos vos leurs aux plusieurs quelques".split(" "));
const NUMBERS = new Set(
  "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents mille".split(
    " ",
  ),
);

/**
 * Spells words to agree in number with those before them: "la lumière" and "les lumières", "dix minutes" and "dix
 * minute" sound the same. A word keeps its spelling if the templates lack the other one.
 * @param isKnown whether the templates contain a word
 */
export function agree(words: readonly string[], isKnown: (word: string) => boolean): string[] {
  return words.map((word, i) => {
    const isPlural = isPluralAfter(words.slice(0, i));
    if (isPlural === undefined || isPlural === /[sx]$/.test(word)) return word;
    const others = isPlural ? [`${word}s`, `${word}x`] : [word.slice(0, -1)];
    return others.find(isKnown) ?? word;
  });
}

/** Undefined if the words before do not determine the number. */
function isPluralAfter(before: readonly string[]): boolean | undefined {
  const [last = "", previous = ""] = before.toReversed();
  if (PLURAL.has(last) || NUMBERS.has(last)) return true;
  if (!SINGULAR.has(last)) return undefined;
  return /^une?$/.test(last) && previous === "et"; // "vingt et une minutes"
}
