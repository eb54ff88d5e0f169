/** Lower case, NFC, straight apostrophes, nothing around the word: the form that every lookup here uses. */
export function normaliseSpelling(word: string): string {
  return word.normalize("NFC").toLowerCase().replaceAll("’", "'").trim();
}

/** "éteins" → "eteins", "cœur" → "coeur": the letters a keyboard without accents writes. */
export function withoutAccents(word: string): string {
  if (/^[\x20-\x7e]*$/.test(word)) return word;
  return word
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss");
}

/** Whether all signs are Latin letters, with apostrophes, hyphens or full stops between or after them. */
export function isLatinWord(word: string): boolean {
  return /^(?=.*\p{Script=Latin})[\p{Script=Latin}'.-]+$/u.test(word);
}

/** Whether a word has no letter that can be its vowel ("tv", "dvd"), or is one letter, and is spelt out. */
export function isSpeltOut(word: string): boolean {
  const letters = withoutAccents(word);
  return letters.length <= 6 && (letters.length === 1 || !/[aeiouy]/.test(letters));
}
