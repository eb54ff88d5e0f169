// Phrases that no template lists: the classifier beside nlp.js, scikit-learn and a plain similarity, on the same
// public sets in the same run. Run: npm run bench -- intent-classifier [snips hwu64 …] [--alone]
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { calibrate } from "../src/intent/classifier/calibrate.ts";
import {
  type Example,
  Scorer,
  trainClassifier,
} from "../src/intent/classifier/linear-classifier.ts";
import { toOnnx } from "../src/intent/classifier/onnx-graph.ts";
import { countFeatures } from "../src/intent/classifier/text-features.ts";
import { readIntentSettings } from "../src/intent/settings/read-settings.ts";
import {
  hasPhraseSets,
  PHRASE_SETS,
  type PhraseSet,
  pathOf,
  readPhrases,
} from "./intent/phrase-sets.ts";
import { similarityMatch } from "./intent/similarity-match.ts";

type Result = {
  readonly accuracy: number;
  readonly trainCpuS: number;
  readonly cpuMs: number;
  readonly memoryMb: number;
  /** Share of the sentences without intent that are rejected when one in twenty of the others is. */
  readonly strangersRejected?: number;
  readonly modelBytes?: number;
};

const HERE = import.meta.dirname;
const PYTHON = process.env["PYTHON"] ?? path.join(HERE, "../training/.venv/bin/python");
const NLP_JS = path.join(tmpdir(), "earshot-bench-nlp-js");
const REJECTED = 0.05;
const THIRTY = 30;
const SETTINGS = readIntentSettings().examples;

const args = process.argv.slice(2);
if (hasPhraseSets()) main();
else console.error("SKIPPED: the public sets of sentences are not there; nothing was measured.");

function main(): void {
  const chosen = PHRASE_SETS.filter(({ name }) => args.includes(name));
  console.log(
    "set        engine          right %  goal  strangers rejected %  train cpu s  cpu ms/sentence  memory MB",
  );
  const results: object[] = [];
  for (const set of chosen.length > 0 ? chosen : PHRASE_SETS) {
    const engines: [string, () => Result | undefined][] = [
      ["earshot", () => earshot(set)],
      ...(args.includes("--alone") ? [] : peers(set)),
    ];
    for (const [engine, measure] of engines) {
      const result = measure();
      if (!result) continue;
      results.push({ set: set.name, engine, ...result });
      console.log(row(set, engine, result));
    }
  }
  results.push(...thirtyIntents());
  mkdirSync(path.join(HERE, "results"), { recursive: true });
  writeFileSync(
    path.join(HERE, "results/intent-classifier.json"),
    JSON.stringify(results, null, 2),
  );
}

function peers(set: PhraseSet): [string, () => Result | undefined][] {
  return [
    ["similarity", () => similarity(set)],
    ["scikit-learn", () => scikitLearn(set)],
    ["nlp.js", () => nlpJs(set)],
  ];
}

function row({ name, goal }: PhraseSet, engine: string, result: Result): string {
  return [
    name.padEnd(10),
    engine.padEnd(13),
    percent(result.accuracy).padStart(9),
    String(goal).padStart(5),
    percent(result.strangersRejected).padStart(21),
    result.trainCpuS.toFixed(1).padStart(12),
    result.cpuMs.toFixed(2).padStart(16),
    result.memoryMb.toFixed(0).padStart(10),
    result.modelBytes === undefined ? "" : `  (${(result.modelBytes / 1e6).toFixed(2)} MB on disk)`,
  ].join(" ");
}

function percent(share: number | undefined): string {
  return share === undefined ? "–" : (100 * share).toFixed(1);
}

function cpuS(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Judges answers with scores. Sentences without intent count as rejected below the 5 % quantile of the others. */
function judge(
  set: PhraseSet,
  trainCpuS: number,
  answer: (text: string) => { readonly label: string; readonly score: number },
): Result {
  const test = readPhrases(set.test);
  const begun = cpuS();
  const answers = test.map(({ text }) => answer(text));
  const cpuMs = (1000 * (cpuS() - begun)) / test.length;
  const right = answers.filter(({ label }, i) => label === test[i]?.label).length;
  const least =
    answers.map(({ score }) => score).toSorted((a, b) => a - b)[
      Math.floor(REJECTED * test.length)
    ] ?? 0;
  const result = {
    accuracy: right / test.length,
    trainCpuS,
    cpuMs,
    memoryMb: process.memoryUsage.rss() / 2 ** 20,
  };
  if (!set.strangers) return result;
  const strangers = readPhrases(set.strangers);
  const rejected = strangers.filter(({ text }) => answer(text).score < least).length;
  return { ...result, strangersRejected: rejected / strangers.length };
}

function earshot(set: PhraseSet): Result {
  const begun = cpuS();
  const train: Example[] = readPhrases(set.train);
  const classifier = trainClassifier(train, "en");
  const trainCpuS = cpuS() - begun;
  const scorer = new Scorer(classifier);
  const best = (text: string): { label: string; score: number } => {
    const scores = scorer.scores(countFeatures(text, "en", classifier.buckets));
    const score = Math.max(...scores);
    return { label: classifier.labels[scores.indexOf(score)] ?? "", score };
  };
  const result = judge(set, trainCpuS, best);
  if (args.includes("--calibrate")) reportCalibration(set, train, best);
  return { ...result, modelBytes: toOnnx(classifier).length };
}

/** Measures loading an engine of thirty intents, which trains it and calibrates it by training on parts. */
function thirtyIntents(): object[] {
  const [clinc] = PHRASE_SETS.filter(({ name }) => name === "clinc150");
  if (!clinc) return [];
  const all = readPhrases(clinc.train);
  const labels = [...new Set(all.map(({ label }) => label))].slice(0, THIRTY);
  return [20, 100].map((each) => {
    const phrases = labels.flatMap((own) =>
      all.filter(({ label }) => label === own).slice(0, each),
    );
    const [begunS, begunMs] = [cpuS(), performance.now()];
    const classifier = trainClassifier(phrases, "en");
    calibrate(phrases, "en", SETTINGS);
    const [tookCpuS, wallS] = [cpuS() - begunS, (performance.now() - begunMs) / 1000];
    const modelBytes = toOnnx(classifier).length;
    console.log(
      `${THIRTY} intents of ${each} phrases: trained and calibrated in ${tookCpuS.toFixed(1)} s of processor time, ${wallS.toFixed(1)} s by the clock; ${(modelBytes / 1e6).toFixed(2)} MB on disk`,
    );
    return { intents: THIRTY, phrases: phrases.length, cpuS: tookCpuS, wallS, modelBytes };
  });
}

/** Prints what the threshold found on the training phrases alone accepts. */
function reportCalibration(
  { name, test, strangers }: PhraseSet,
  train: readonly Example[],
  best: (text: string) => { score: number },
): void {
  const { minScore, accuracy } = calibrate(train, "en", SETTINGS);
  const rejected = (file: string): string => {
    const phrases = readPhrases(file);
    const count = phrases.filter(({ text }) => best(text).score < minScore).length;
    return `${((100 * count) / phrases.length).toFixed(1)} %`;
  };
  console.log(
    `${name}: lowest score ${minScore.toFixed(2)} from the training phrases (${(100 * accuracy).toFixed(1)} % of them right when held out) rejects ${rejected(test)} of the test${strangers ? `, ${rejected(strangers)} of the strangers` : ""}`,
  );
}

function similarity(set: PhraseSet): Result {
  const begun = cpuS();
  const match = similarityMatch(readPhrases(set.train));
  return judge(set, cpuS() - begun, match);
}

function scikitLearn(set: PhraseSet): Result | undefined {
  if (!existsSync(PYTHON)) return skipped("scikit-learn", "set PYTHON to a Python that has it");
  return runPeer("scikit-learn", PYTHON, [path.join(HERE, "intent/sklearn_svm.py")], set);
}

function nlpJs(set: PhraseSet): Result | undefined {
  if (!existsSync(path.join(NLP_JS, "node_modules/node-nlp"))) {
    mkdirSync(NLP_JS, { recursive: true });
    writeFileSync(path.join(NLP_JS, "package.json"), '{ "private": true }');
    const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund", "node-nlp@4"], {
      cwd: NLP_JS,
    });
    if (status !== 0) return skipped("nlp.js", `npm could not install node-nlp in ${NLP_JS}`);
  }
  return runPeer("nlp.js", process.execPath, [path.join(HERE, "intent/nlp-js.mjs"), NLP_JS], set);
}

function runPeer(
  name: string,
  program: string,
  first: string[],
  set: PhraseSet,
): Result | undefined {
  const files = [set.train, set.test, ...(set.strangers ? [set.strangers] : [])].map(pathOf);
  const { status, stdout, stderr } = spawnSync(program, [...first, ...files], { encoding: "utf8" });
  const line = stdout.trim().split("\n").at(-1) ?? "";
  if (status === 0 && line.startsWith("{")) return JSON.parse(line) as Result;
  return skipped(name, stderr.trim().split("\n").at(-1) ?? "it failed");
}

function skipped(name: string, why: string): undefined {
  console.error(`SKIPPED: ${name}: ${why}`);
  return undefined;
}
