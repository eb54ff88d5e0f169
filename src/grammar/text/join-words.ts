/** Joins words as people write them: "l'" + "eau" → "l'eau". */
export function joinWords(words: readonly string[]): string {
  return words.reduce((text, word) => {
    const apart = text !== "" && !text.endsWith("'") && !word.startsWith("'");
    return apart ? `${text} ${word}` : text + word;
  }, "");
}
