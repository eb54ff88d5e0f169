/**
 * Brings the forms of spoken-forms.tsv into the lexicons that are there: `npx tsx
 * training/pronunciation/add-spoken-forms.ts [en|fr]`. Lines of other words stay as they are. A form that was taken
 * out of spoken-forms.tsv stays, too, unless the word is marked with "=".
 */
import path from "node:path";
import { Lexicon } from "../../src/grammar/pronunciation/lexicon.ts";
import { LANGUAGES } from "../../src/languages/language.ts";
import { encodeLine, MODEL, readLines, spokenForms, writeLines } from "./lexicon-file.ts";

for (const language of LANGUAGES.filter((l) => process.argv.length < 3 || process.argv.includes(l))) {
  const lexicon = await Lexicon.read(path.join(MODEL, `lexicon-${language}.br`));
  const lines = readLines(language);
  for (const [word, { forms, only }] of spokenForms(language)) {
    const known = only ? [] : (lexicon.find(word) ?? []);
    lines.set(word, encodeLine(word, [...known, ...forms]));
  }
  writeLines(language, lines);
}
