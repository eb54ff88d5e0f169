import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import type { PronunciationRules } from "../../languages/language-pack.ts";
import type { Grapheme2Phone } from "./g2p.ts";
import type { Lexicon } from "./lexicon.ts";
import {
  concatenatePronunciations,
  type Pronunciation,
  rankPronunciations,
} from "./pronunciation.ts";
import { isLatinWord, isSpeltOut, normaliseSpelling, withoutAccents } from "./spelling.ts";
import { readUserPronunciations, type UserPronunciations } from "./user-pronunciations.ts";
import { applyVariantRules } from "./variant-rules.ts";
import { letterNames, splitCompound } from "./word-parts.ts";

/** Forms taken from the letters of an unknown word. */
const GUESSES = 4;
/** Cost of each rarer form of a suffix, nats. */
const SUFFIX_STEP_NATS = 0.75;
const ACRONYM = /^\p{Lu}{2,5}s?$/u;
/** Longer words are accidents and have no pronunciation. */
const MAX_SIGNS = 60;
/** Bounds the memory of the cache. */
const MAX_CACHED = 20_000;

type PronouncerOptions = {
  readonly language: Language;
  /** Of the speech model. */
  readonly phones: readonly string[];
  readonly lexicon: Lexicon;
  readonly g2p: Grapheme2Phone;
  /** Most forms a word has. */
  readonly mostVariants: number;
};

/** Says how words sound. Synchronous; results are cached and must not be changed. */
export class Pronouncer {
  readonly #options: PronouncerOptions;
  readonly #rules: PronunciationRules;
  readonly #lexicon: Lexicon;
  readonly #g2p: Grapheme2Phone;
  readonly #mostVariants: number;
  readonly #cache = new Map<string, readonly Pronunciation[]>();
  #general: Pronouncer | undefined;
  #user: ReadonlyMap<string, readonly Pronunciation[]> = new Map();

  constructor(options: PronouncerOptions) {
    this.#options = options;
    this.#rules = packOf(options.language).pronunciation;
    this.#lexicon = options.lexicon;
    this.#g2p = options.g2p;
    this.#mostVariants = options.mostVariants;
  }

  /**
   * One that knows the user's own pronunciations, which replace all others of these words. It shares everything else
   * with this one, which stays as it is.
   * @throws EarshotError TEMPLATES_INVALID for one that cannot be read
   */
  withUser(user: UserPronunciations): Pronouncer {
    if (user.size === 0) return this;
    const { phones } = this.#options;
    const own = new Pronouncer(this.#options);
    own.#general = this;
    own.#user = readUserPronunciations(user, phones, (word) => this.pronounce(word));
    return own;
  }

  /**
   * How a word sounds, the most likely form first (its cost is 0). The word is as in the automaton: lower-case
   * and without blanks, an elided one with its apostrophe ("l'"). Written in capitals ("TV", "USB") it is read
   * letter by letter. Words with digits, of other scripts or without letters have no pronunciation: [], unless the
   * user gives them one.
   */
  pronounce(word: string): readonly Pronunciation[] {
    if (this.#general && !this.#isOfUser(word)) return this.#general.pronounce(word);
    const known = this.#cache.get(word);
    if (known) return known;
    const found = this.#find(word);
    if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
    this.#cache.set(word, found);
    return found;
  }

  /** Whether the word or a part of it is the user's: "siobhan", "siobhan's", "gifs". */
  #isOfUser(word: string): boolean {
    const spelling = normaliseSpelling(word);
    if (this.#userForms(spelling)) return true;
    return spelling.split(/['.-]+/).some((part) => this.#user.has(part));
  }

  /** Of the user's word, or of one of these with an ending: "siobhan's", "gifs", "james'". */
  #userForms(spelling: string): readonly Pronunciation[] | undefined {
    const own = this.#user.get(spelling);
    if (own) return own;
    const [, base = "", ending = ""] = /^(.+?)('s|s|')$/.exec(spelling) ?? [];
    if (!this.#user.has(base)) return undefined;
    if (this.#rules.suffix) return this.#withSuffix(base, ending.replace("'", ""));
    return this.#singular(spelling) === base ? this.#user.get(base) : undefined;
  }

  #find(word: string): readonly Pronunciation[] {
    const spelling = normaliseSpelling(word);
    const own = this.#userForms(spelling);
    if (own) return own;
    if (spelling.length > MAX_SIGNS || !isLatinWord(spelling)) return [];
    if (ACRONYM.test(word) && !this.#lexicon.has(spelling)) {
      const letters = letterNames(
        this.#rules,
        spelling.replace(/s$/, (s) => (word.endsWith("S") ? s : "")),
      );
      if (letters) return [letters];
    }
    const forms = this.#formsOf(spelling);
    const varied = applyVariantRules(forms, this.#rules.variants, spelling);
    return rankPronunciations(varied, this.#mostVariants);
  }

  /** Before the rules of fast speech. In order: what is certain, what is likely, what is guessed. */
  #formsOf(word: string): readonly Pronunciation[] {
    const singular = this.#singular(word);
    return (
      this.#lookUp(word) ??
      (singular ? this.#lookUp(singular) : undefined) ??
      this.#withoutItsAccents(word) ??
      (singular ? this.#withoutItsAccents(singular) : undefined) ??
      this.#inParts(word) ??
      this.#letters(word) ??
      this.#compoundOrGuess(word)
    );
  }

  #lookUp(word: string): readonly Pronunciation[] | undefined {
    return this.#user.get(word) ?? this.#lexicon.find(word);
  }

  /** The singular of a plural that sounds like it, as in French. */
  #singular(word: string): string | undefined {
    return this.#rules.silentPlural?.(word);
  }

  /** "eteins" as "éteins"; where several words differ by their accents only, each may be meant. */
  #withoutItsAccents(word: string): readonly Pronunciation[] | undefined {
    if (withoutAccents(word) !== word) return undefined;
    const alike = this.#lexicon.findAlike(word);
    if (alike.length === 0) return undefined;
    return alike.flatMap((candidate) => this.#lexicon.find(candidate) ?? []);
  }

  /** "week-end", "l'aspirateur", "kettle's", "u.s.a." */
  #inParts(word: string): readonly Pronunciation[] | undefined {
    if (!/['.-]/.test(word)) return undefined;
    const [, base = "", suffix = ""] = /^(.*?[^'])'([a-z]{0,2})$/.exec(word) ?? [];
    if (this.#rules.suffix && base) return this.#withSuffix(base, suffix);
    if (/^(\p{L}\.)+\p{L}?$/u.test(word)) return this.#letters(word.replaceAll(".", ""), true);
    const parts = word.split(/(?<=')|[.-]+/).filter((part) => part !== "" && part !== "'");
    if (parts.length < 2)
      return parts[0] && parts[0] !== word ? this.#formsOf(parts[0]) : undefined;
    return parts
      .map((part) => rankPronunciations(this.#formsOf(part), GUESSES))
      .reduce((first, second) => concatenatePronunciations(first, second));
  }

  #withSuffix(base: string, suffix: string): readonly Pronunciation[] | undefined {
    const forms = this.#formsOf(base);
    if (suffix === "") return forms; // "the lights'"
    return forms.flatMap((form) => {
      const after = this.#suffixAfter(suffix, form.phones.at(-1) ?? "") ?? this.#formsOf(suffix);
      return concatenatePronunciations([form], after);
    });
  }

  #suffixAfter(suffix: string, lastPhone: string): readonly Pronunciation[] | undefined {
    const forms = this.#rules.suffix?.(suffix, lastPhone);
    return forms?.map((form, i) => ({ phones: form.split(" "), costNats: i * SUFFIX_STEP_NATS }));
  }

  #letters(word: string, always = false): readonly Pronunciation[] | undefined {
    if (!always && !isSpeltOut(word)) return undefined;
    const letters = letterNames(this.#rules, word);
    return letters && [letters];
  }

  /** A compound's parts are a second opinion: on held-out words the letters alone are right more often. */
  #compoundOrGuess(word: string): readonly Pronunciation[] {
    const guesses = this.#guess(word);
    const parts = this.#rules.hasCompounds
      ? splitCompound(word, (part) => this.#lexicon.has(part))
      : undefined;
    if (!parts) return guesses;
    const [first, second] = parts.map((part) => {
      return rankPronunciations(this.#lexicon.find(part) ?? [], 2);
    });
    const joined = concatenatePronunciations(first ?? [], second ?? []);
    return [...guesses, ...joined.map((form) => ({ ...form, costNats: form.costNats + 0.7 }))];
  }

  #guess(word: string): readonly Pronunciation[] {
    return this.#g2p.pronounce(word, GUESSES);
  }
}
