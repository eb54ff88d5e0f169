import { ENGLISH } from "./en/index.ts";
import { FRENCH } from "./fr/index.ts";
import type { LanguagePack } from "./language-pack.ts";

const packs = new Map<string, LanguagePack>([ENGLISH, FRENCH].map((pack) => [pack.code, pack]));

/** @throws RangeError for a language without a pack */
export function packOf(language: string): LanguagePack {
  const pack = packs.get(language);
  if (pack !== undefined) return pack;
  throw new RangeError(`language must be one of ${languageCodes().join(", ")}, not "${language}"`);
}

/** Codes of the languages that have a pack. */
export function languageCodes(): readonly string[] {
  return [...packs.keys()];
}

/** Adds a language to this thread until the result is disposed. @throws RangeError if its code is taken */
export function registerPack(pack: LanguagePack): Disposable {
  if (packs.has(pack.code)) throw new RangeError(`the language "${pack.code}" has a pack already`);
  packs.set(pack.code, pack);
  return { [Symbol.dispose]: () => void packs.delete(pack.code) };
}
