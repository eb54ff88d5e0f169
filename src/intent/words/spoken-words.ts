import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Automaton } from "../../grammar/automaton.ts";
import { openPronunciation } from "../../grammar/pronunciation/open-pronunciation.ts";
import { phoneEditDistance } from "../../grammar/pronunciation/phone-distance.ts";
import type { UserPronunciations } from "../../grammar/pronunciation/user-pronunciations.ts";
import type { Language } from "../../languages/language.ts";
import { KeptFile } from "../../base/kept-file.ts";
import { packageVersion } from "../../base/package-version.ts";
import type { Sound, SpokenWords } from "./word-comparer.ts";

/** Version of the kept files: raise it when the same words and model files give other pronunciations. */
const FORMAT = "earshot-spoken 3";
const SUFFIX = ".spoken";
/** Below this, pronouncing all words takes a few milliseconds and can wait until a word is misheard. */
const MIN_KEPT_WORDS = 200;
/** Bounds the pronunciations of a word: the rarer ones of fast speech make everything sound alike. */
const MAX_FORMS = 3;

/**
 * Opens the pronunciations of a model folder; undefined if it has none of the language.
 * @throws EarshotError TEMPLATES_INVALID for a pronunciation of the user's that the model cannot read
 */
export async function openSound(
  modelDir: string | undefined,
  language: Language,
  pronounce: UserPronunciations = new Map(),
): Promise<Sound | undefined> {
  if (!modelDir || !existsSync(path.join(modelDir, lexiconOf(language)))) return undefined;
  const general = await openPronunciation({ modelDir, language, mostVariants: MAX_FORMS });
  const pronouncer = general.withUser(pronounce);
  return {
    pronounce: (word) => pronouncer.pronounce(word).map(({ phones }) => phones),
    distance: phoneEditDistance,
  };
}

export type SpokenWordsOptions = {
  readonly modelDir: string | undefined;
  /** Folder where the pronunciations are kept; undefined: nowhere. */
  readonly cacheDir: string | undefined;
};

/**
 * The pronunciations of an automaton's words, from the cache. If the cache lacks them, pronounces all words by the sound
 * that `open` returns, which takes a quarter of a second for a large automaton, and keeps them. Undefined for few words.
 */
export async function keptSpokenWords(
  automaton: Automaton,
  open: () => Promise<Sound | undefined>,
  { modelDir, cacheDir }: SpokenWordsOptions,
): Promise<SpokenWords | undefined> {
  const { words } = automaton;
  if (!modelDir || cacheDir === undefined || words.length < MIN_KEPT_WORDS) return undefined;
  const key = await keyOf(automaton, modelDir);
  if (key === undefined) return undefined;
  const file = new KeptFile<SpokenWords>(cacheDir, key, SUFFIX);
  const kept = file.read();
  if (kept) return kept;
  const sound = await open();
  if (!sound) return undefined;
  const spoken = words.map((word) => sound.pronounce(word));
  file.write(spoken);
  return spoken;
}

async function keyOf(
  { words, language, pronounce }: Automaton,
  modelDir: string,
): Promise<string | undefined> {
  const hash = createHash("sha256");
  const own = ownOf(pronounce);
  const made = [FORMAT, packageVersion(), process.versions.v8, language];
  for (const part of [...made, own, ...words]) hash.update(`${part}\0`);
  for (const name of [lexiconOf(language), `g2p-${language}.bin`]) {
    const file = path.join(modelDir, name);
    if (!existsSync(file)) return undefined;
    hash.update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 40);
}

/** Equal for equal pronunciations of the user, whatever file they are in. */
function ownOf(pronounce: UserPronunciations): string {
  return JSON.stringify(
    Array.from(pronounce, ([word, ways]) => [word, ...ways.map(({ text }) => text)]),
  );
}

function lexiconOf(language: Language): string {
  return `lexicon-${language}.br`;
}
