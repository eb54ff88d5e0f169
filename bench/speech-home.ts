/**
 * Home Assistant's own test sentences, said by voices that the model was not trained on and decoded through all
 * templates of the language at once. What is rejected or asked about counts as a failure. Run:
 *
 *     npm run bench -- speech-home [--language fr] [--step 4] [--model DIR] [--failures]
 *
 * --language: one of the two; --step N: every Nth sentence; --model: another than the embedded one; --failures: prints
 * those that were not understood.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Scope } from "../src/lifetime/scope.ts";
import { compileAutomaton } from "../src/grammar/compile/compile-automaton.ts";
import { speechGrammar } from "../src/grammar/speech-grammar.ts";
import { loadTemplates } from "../src/grammar/templates/load-templates.ts";
import type { Understanding } from "../src/grammar/understanding.ts";
import { LANGUAGES, type Language } from "../src/languages/language.ts";
import { SpeechToText } from "../src/stt/speech-to-text.ts";
import {
  DATA,
  hasHomeAssistantTests,
  type HomeTest,
  homeTestGroups,
} from "./intent/home-assistant-tests.ts";
import { judge, type Verdict } from "./intent/judge.ts";
import { HELD_OUT_VOICES, speak } from "./speech/held-out-voices.ts";

const RESULTS = path.resolve(import.meta.dirname, "results");
const VERDICTS: readonly Verdict[] = [
  "right",
  "wrong slots",
  "wrong intent",
  "ambiguous",
  "rejected",
];

const { values } = parseArgs({
  options: {
    language: { type: "string" },
    step: { type: "string", default: "1" },
    model: { type: "string", default: "embedded" },
    failures: { type: "boolean", default: false },
  },
});

const step = Number(values.step);
if (!(Number.isInteger(step) && step >= 1))
  throw new RangeError(`--step must be a whole number from 1 on, not ${values.step}`);
const languages = LANGUAGES.filter((each) => (values.language ?? each) === each);
if (languages.length === 0)
  throw new RangeError(`--language must be one of ${LANGUAGES.join(", ")}, not ${values.language}`);

if (hasHomeAssistantTests()) {
  console.log(
    `language voice                sentences ${VERDICTS.map((v) => v.padStart(13)).join("")}      RTF`,
  );
  mkdirSync(RESULTS, { recursive: true });
  for (const language of languages) {
    const file = path.join(RESULTS, `speech-home-${language}.json`);
    writeFileSync(file, JSON.stringify(await measure(language), null, 2));
  }
} else {
  console.error(`SKIPPED: Home Assistant's tests are not in ${DATA}; nothing was measured.`);
}

type Row = {
  readonly language: Language;
  readonly voice: string;
  readonly sentences: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly realTimeFactor: number;
};

async function measure(language: Language): Promise<Row[]> {
  const [group] = homeTestGroups("2025-07", language);
  if (group === undefined) return [];
  const { intents, lists } = group;
  const automaton = compileAutomaton(loadTemplates(intents, { language, lists }));
  await using scope = new Scope("bench");
  const stt = await SpeechToText.open(scope, { language, model: values.model });
  await stt.setGrammar(speechGrammar(automaton, { negatives: [] }));
  const folder = await scope.tempDir("speech-home-");
  const voices = HELD_OUT_VOICES[language];
  const heard: Heard[] = [];
  const tests = group.tests.filter((_, i) => i % step === 0);
  for (const [i, test] of tests.entries()) {
    const voice = voices[i % voices.length] ?? "";
    const samples = await speak(folder, test.sentence, voice);
    const begun = performance.now();
    const answer = await stt.recognize(samples, { context: test.context });
    const tookS = (performance.now() - begun) / 1000;
    const verdict = judge(inLowerCase(answer), inLowerCase(test));
    heard.push({ voice, verdict, tookS, audioS: samples.length / 16_000 });
    if (values.failures && verdict !== "right") tell(test, voice, verdict, answer);
  }
  const rows = voices.map((voice) =>
    summarise(
      language,
      voice,
      heard.filter((each) => each.voice === voice),
    ),
  );
  return [...rows, summarise(language, "all", heard)];
}

/** Lower-cases names that are not in the templates, as the recogniser writes them. */
function inLowerCase<T extends Understanding | HomeTest>(said: T): T {
  return JSON.parse(JSON.stringify(said), (_, value: unknown) =>
    typeof value === "string" ? value.toLowerCase() : value,
  ) as T;
}

type Heard = {
  readonly voice: string;
  readonly verdict: Verdict;
  readonly tookS: number;
  readonly audioS: number;
};

function summarise(language: Language, voice: string, heard: readonly Heard[]): Row {
  const count = (verdict: Verdict): number => heard.filter((h) => h.verdict === verdict).length;
  const sum = (of: (each: Heard) => number): number => heard.reduce((s, each) => s + of(each), 0);
  const counts = {
    right: count("right"),
    "wrong slots": count("wrong slots"),
    "wrong intent": count("wrong intent"),
    ambiguous: count("ambiguous"),
    rejected: count("rejected"),
  };
  const realTimeFactor = sum(({ tookS }) => tookS) / sum(({ audioS }) => audioS);
  const shares = VERDICTS.map((verdict) =>
    `${((100 * counts[verdict]) / heard.length).toFixed(1)} %`.padStart(13),
  );
  const head = [language.padEnd(8), voice.padEnd(20), String(heard.length).padStart(9)].join(" ");
  console.log(`${head} ${shares.join("")} ${realTimeFactor.toFixed(3).padStart(8)}`);
  return { language, voice, sentences: heard.length, counts, realTimeFactor };
}

function tell(
  { sentence, intent, slots }: HomeTest,
  voice: string,
  verdict: Verdict,
  { text, candidates }: { readonly text: string; readonly candidates: readonly unknown[] },
): void {
  console.log(
    `  ${verdict}: "${sentence}" by ${voice}, ${intent} ${JSON.stringify(slots)}\n    heard "${text}" ${JSON.stringify(candidates[0] ?? null)}`,
  );
}
