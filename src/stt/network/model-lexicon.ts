import { isVowel } from "../../grammar/pronunciation/pronunciation.ts";
import type { Pronouncer } from "../../grammar/pronunciation/pronouncer.ts";
import type { Form, FormsOf } from "../../models/word-forms.ts";

/** Pronunciations in the phones of a model. */
export type ModelLexicon = {
  readonly formsOf: FormsOf;
  /** For each of the model's phones. */
  readonly isVowel: readonly boolean[];
};

/** The phones of words in a row, each word in its likeliest form, as numbers with spaces between them. */
export function pronunciationOf(words: readonly string[], formsOf: FormsOf): string {
  return words.flatMap((word) => [...(formsOf(word)[0]?.phones ?? [])]).join(" ");
}

/** The pronouncer's words in the phones of a model, without the forms that need a phone the model lacks. */
export function modelLexicon(pronouncer: Pronouncer, phones: readonly string[]): ModelLexicon {
  const indexOf = new Map(phones.map((phone, index) => [phone, index]));
  const toForms = (word: string): Form[] =>
    pronouncer.pronounce(word).flatMap((form) => {
      const indices = form.phones.map((phone) => indexOf.get(phone) ?? -1);
      if (indices.includes(-1)) return [];
      const phonesOfForm = Uint8Array.from(indices);
      return [{ phones: phonesOfForm, costNats: form.costNats, before: form.before ?? "any" }];
    });
  return { formsOf: toForms, isVowel: phones.map((phone) => isVowel(phone)) };
}
