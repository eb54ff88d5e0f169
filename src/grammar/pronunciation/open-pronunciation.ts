import { readFile } from "node:fs/promises";
import path from "node:path";
import { EarshotError } from "../../errors.ts";
import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import { Grapheme2Phone } from "./g2p.ts";
import { Lexicon } from "./lexicon.ts";
import { Pronouncer } from "./pronouncer.ts";

export type PronunciationOptions = {
  /** Folder with model.json, lexicon-LANGUAGE.br and g2p-LANGUAGE.bin. */
  readonly modelDir: string;
  readonly language: Language;
  /**
   * Most forms a word has.
   * @default 8
   */
  readonly mostVariants?: number | undefined;
};

const DEFAULTS = { mostVariants: 8 } as const satisfies Partial<PronunciationOptions>;

/**
 * Loads the lexicon and the letter-to-sound model of one language; nothing stays open.
 * @throws RangeError for a language without a model
 * @throws EarshotError MODEL_INVALID if the folder lacks these files or they do not fit the model's phones
 */
export async function openPronunciation(options: PronunciationOptions): Promise<Pronouncer> {
  const { modelDir, language } = options;
  packOf(language);
  const [phones, lexicon, g2p] = await Promise.all([
    readPhones(modelDir),
    Lexicon.read(path.join(modelDir, `lexicon-${language}.br`)),
    Grapheme2Phone.read(path.join(modelDir, `g2p-${language}.bin`)),
  ]);
  const missing = lexicon.phones.filter((phone) => !phones.includes(phone));
  if (missing.length > 0) {
    const message = `the lexicon in ${modelDir} has phones that model.json lacks: ${missing.join(" ")}`;
    throw new EarshotError("MODEL_INVALID", message);
  }
  const mostVariants = options.mostVariants ?? DEFAULTS.mostVariants;
  return new Pronouncer({ language, phones, lexicon, g2p, mostVariants });
}

async function readPhones(modelDir: string): Promise<readonly string[]> {
  const file = path.join(modelDir, "model.json");
  try {
    const model: unknown = JSON.parse(await readFile(file, "utf8"));
    if (isModel(model)) return model.phones;
    throw new Error("it has no list of phones");
  } catch (cause) {
    throw new EarshotError("MODEL_INVALID", `${file} does not describe a model`, { cause });
  }
}

function isModel(value: unknown): value is { phones: readonly string[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "phones" in value &&
    Array.isArray(value.phones) &&
    value.phones.every((phone) => typeof phone === "string")
  );
}
