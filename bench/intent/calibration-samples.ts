import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import type { Block, Templates } from "../../src/grammar/templates/templates.ts";
import { packOf } from "../../src/languages/packs.ts";
import { featuresOf } from "../../src/intent/decision/confidence.ts";
import { bestOfEachIntent } from "../../src/intent/decision/decision.ts";
import { Matcher } from "../../src/intent/engine/matcher.ts";
import { openSound } from "../../src/intent/words/spoken-words.ts";
import { WordComparer } from "../../src/intent/words/word-comparer.ts";
import type { Language } from "../../src/languages/language.ts";
import { DATA, type HomeTest, homeTestGroups } from "./home-assistant-tests.ts";
import type { Observation } from "./logistic.ts";
import { MODEL, SETTINGS } from "./measure.ts";
import { Noise } from "./noise.ts";

/** How a sentence relates to the templates it is matched with, and how much one of the kind counts. */
export const KINDS = {
  /** A template has it. */
  "template held in": 1,
  /** Only templates that were taken away have it; others of its intent may be near. */
  "template held out": 0.5,
  /** All templates of its intent were taken away: nothing near is right. Harder than unrelated talk. */
  "intent held out": 0.15,
  /** It never was a command; few such sentences are near anything at all. */
  talk: 10,
} as const;

export type Sample = Observation & {
  readonly kind: keyof typeof KINDS;
  readonly language: Language;
  /** Index of the sentence that it was made from. */
  readonly index: number;
  /** The file of tests, one for each intent or two, that the sentence is from; "" for talk. */
  readonly file: string;
};

const FOLDS = 3;
const LEVELS = [0.1, 0.2, 0.3];
/** Not one of those that bench -- intent-noise is reported with. */
const SEED = 1001;

/** Misheard sentences, and whether the best parse of each is right. Sentences that match word for word are left out. */
export async function calibrationSamples(language: Language): Promise<Sample[]> {
  const [group] = homeTestGroups("2025-07", language);
  if (!group) return [];
  const sound = await openSound(MODEL, language);
  const noise = new Noise(language, SEED);
  const tests = group.tests.map((test, index) => ({
    ...test,
    index,
    heard: noise.spoil(test.sentence, LEVELS[index % LEVELS.length] ?? 0),
  }));
  const templates = loadTemplates(group.intents, { language, lists: group.lists });
  const samples: Sample[] = [];
  const readBy = (kept: Templates): ReturnType<typeof reader> => {
    const automaton = compileAutomaton(kept);
    const comparer = new WordComparer(automaton.words, SETTINGS.words, sound);
    return reader(
      new Matcher(automaton, SETTINGS, { skipWords: kept.skipWords }),
      comparer,
      samples,
    );
  };
  for (let fold = 0; fold < FOLDS; fold++) {
    const { matcher, read } = readBy({ ...templates, blocks: without(templates.blocks, fold) });
    for (const test of tests) {
      if ((test.index + Math.floor(test.index / 7)) % FOLDS !== fold) continue;
      const clean = matcher.matchExactly(test.sentence, test.context);
      const isHeld = clean?.intent?.name === test.intent;
      read(test, isHeld ? "template held in" : "template held out");
    }
  }
  const { read } = readBy(templates);
  const intents = [...new Set(tests.map(({ intent }) => intent))];
  for (const test of tests)
    if (test.index % 2 === 0)
      read(test, "intent held out", new Set(intents.filter((name) => name !== test.intent)));
  talk(language).forEach((heard, index) =>
    read({ heard, index, intent: "", context: {}, place: "" }, "talk"),
  );
  return samples;
}

type Heard = Pick<HomeTest, "intent" | "context" | "place"> & {
  readonly heard: string;
  readonly index: number;
};

function reader(matcher: Matcher, comparer: WordComparer, samples: Sample[]) {
  const read = (test: Heard, kind: Sample["kind"], only?: ReadonlySet<string>): void => {
    const { heard, context, intent, index, place } = test;
    if (matcher.matchExactly(heard, context, only)) return;
    const parses = matcher.parseNearly(heard, context, comparer, only);
    const [first, second] = bestOfEachIntent(parses);
    if (!first || first.distance === 0) return;
    const { language } = matcher;
    const features = featuresOf(first, second, SETTINGS.decision);
    const isTrue = first.intent === intent;
    const file = path.basename(place.split(":")[0] ?? "");
    samples.push({ features, isTrue, weight: KINDS[kind], kind, language, index, file });
  };
  return { matcher, read };
}

/** A third of the templates is taken away. */
function without(blocks: readonly Block[], fold: number): Block[] {
  let count = 0;
  return blocks
    .map((block) => ({
      ...block,
      sentences: block.sentences.filter(() => count++ % FOLDS !== fold),
    }))
    .filter(({ sentences }) => sentences.length > 0);
}

/** `oos_valid` is left for bench -- intent-noise. */
function talk(language: Language): string[] {
  const file = path.join(DATA, "nlu/clinc150/oos_train.tsv");
  if (language !== "en" || !existsSync(file)) return [...packOf(language).everydayTalk];
  const lines = readFileSync(file, "utf8").split("\n");
  return [...packOf(language).everydayTalk, ...lines.flatMap((line) => line.split("\t")[1] ?? [])];
}
