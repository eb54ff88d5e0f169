import { findFiles } from "../../grammar/templates/find-files.ts";
import { readYamlFile } from "../../grammar/templates/yaml-file.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";
import { OWN_REPLY_KEYS } from "../../languages/language-pack.ts";
import type { Language } from "../../languages/language.ts";
import { languageCodes, packOf } from "../../languages/packs.ts";
import { VariantChooser } from "./variant-chooser.ts";

export type ReplySlots = Readonly<Record<string, unknown>>;

/** Variants of one reply by language; `any`: those that were given without one. */
type Variants = Readonly<Partial<Record<string, readonly string[]>>>;

const PLACEHOLDER = /\{([\p{L}_][\p{L}\p{N}_.-]*)\}/gu;
const FILE_KEYS = ["language", "replies"];

/** Texts of replies: variants by key and language. */
export class ReplyTexts {
  readonly #byKey = new Map<string, Variants>(OWN_REPLY_KEYS.map(ownVariants));
  readonly #chooser: VariantChooser;

  constructor(chooser: VariantChooser = new VariantChooser()) {
    this.#chooser = chooser;
  }

  /**
   * The texts of files and folders of YAML, later ones winning over earlier ones:
   * `replies: { lights.on: [Done., "{room}, with light."], bye: { en: Bye., fr: Salut. } }`
   * @throws EarshotError TEMPLATES_INVALID with the place of the first mistake
   */
  static load(paths: readonly string[], chooser?: VariantChooser): ReplyTexts {
    const texts = new ReplyTexts(chooser);
    for (const { path } of findFiles(paths)) texts.#read(readYamlFile(path));
    return texts;
  }

  /**
   * One variant of `key` with its slots filled in. Sought under the whole key, then without its last part
   * ("lights.on.kitchen" → "lights.on" → "lights"), then under "fallback"; in `language`, then in any. Variants
   * that name a slot which is not there are passed over. Undefined when nothing is left.
   */
  textOf(key: string, language: Language, slots: ReplySlots = {}): string | undefined {
    for (const candidate of [...keysAbove(key), "fallback"]) {
      const variants = this.#byKey.get(candidate);
      for (const list of [variants?.[language], variants?.any]) {
        const text = list && this.#chooser.choose(list, (variant) => isFilled(variant, slots));
        if (text !== undefined) return fill(text, slots);
      }
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  #read(file: YamlValue): void {
    const keys = file.record(FILE_KEYS, "a file of replies");
    const language = keys.get("language");
    const only = language && readLanguage(language);
    const replies = keys.get("replies") ?? file.fail('expected "replies:" in a file of replies');
    for (const [key, value] of replies.entries()) {
      const variants = readVariants(value, key, only ?? "any");
      this.#byKey.set(key, { ...this.#byKey.get(key), ...variants });
    }
  }
}

function readLanguage(node: YamlValue): string {
  const found = languageCodes().find((code) => code === node.text());
  return found ?? node.fail(`expected one of ${languageCodes().join(", ")}`);
}

function readVariants(node: YamlValue, key: string, only: string): Variants {
  if (!node.isMap) return { [only]: readTexts(node, key) };
  const perLanguage = node.record(languageCodes(), `reply "${key}"`);
  return Object.fromEntries([...perLanguage].map(([code, value]) => [code, readTexts(value, key)]));
}

function readTexts(node: YamlValue, key: string): string[] {
  const texts = node.isNull ? [] : node.itemsOrOne().map((item) => item.text().trim());
  if (texts.some((text) => text !== "")) return texts.filter((text) => text !== "");
  return node.fail(`reply "${key}" has no text`);
}

/** "a.b.c" → "a.b.c", "a.b", "a" */
function keysAbove(key: string): string[] {
  const parts = key.split(".");
  return parts.map((_, i) => parts.slice(0, parts.length - i).join("."));
}

function isFilled(variant: string, slots: ReplySlots): boolean {
  return Array.from(variant.matchAll(PLACEHOLDER)).every(([, name = ""]) => isSayable(slots[name]));
}

/** "{room}" → the slot's value. */
function fill(text: string, slots: ReplySlots): string {
  return text.replaceAll(PLACEHOLDER, (whole, name: string) =>
    isSayable(slots[name]) ? String(slots[name]) : whole,
  );
}

function isSayable(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** Earshot's own reply under a key, in every language. */
function ownVariants(key: (typeof OWN_REPLY_KEYS)[number]): [string, Variants] {
  const variants: Record<string, readonly string[]> = {};
  for (const code of languageCodes()) variants[code] = packOf(code).own.replies[key];
  return [key, variants];
}
